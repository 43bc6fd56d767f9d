# 030_routes.pl
#	A column does not depend on the route: for each table that has a list and a way by key,
#	all columns of its rows as the list gives them are those that the key gives.
use strict;
use warnings;

use JSON::PP;
use Test::More;

use GmfTest;
use GmfContract;

my $gmf = GmfTest->new(emulator => [ '--fleet', 12 ]);
my $contract = GmfContract->new($gmf);
my $catalog = $contract->catalog;
my $json = JSON::PP->new->canonical->allow_nonref;

# What tells one row from the others where the table has no key.
my %key = ('gaussdb.api_versions' => 'id');

$gmf->connect_cloud(services => []);
$contract->import_all('cloud');
my $session = $gmf->session;
my $compared = 0;

for my $service (sort keys %$catalog)
{
	for my $name (sort keys %{ $catalog->{$service}{tables} })
	{
		my $table = $catalog->{$service}{tables}{$name};
		my %roles = map { $_->{role} => $_ } @{ $table->{routes} };

		next if !$roles{list} || !$roles{get};
		subtest "$service.$name" => sub { compare($service, $table, $roles{get}) };
		$compared++;
	}
}
is($compared, 12, 'tables with two routes');
is_deeply([ map { @{ $_->{violations} } } $gmf->requests ], [], 'no request was against the contract');
done_testing;

# -----------------------------------------------------------------------------------

sub compare
{
	my ($service, $table, $get) = @_;
	my $name = "$service.$table->{name}";
	my $key = $key{$name} // $table->{key} // BAIL_OUT("$name has no key");
	my @keys = grep { $_ ne $key } map { $_->{match} eq 'key' ? $_->{column} // () : () } @{ $get->{parameters} };
	# What the list alone gives keeps a query on the list: there is nothing to compare.
	my @shown = map { $_->{name} } grep { ($_->{only} // '') ne 'list' } @{ $table->{columns} };
	my $columns = join ', ', map { "\"$_\"" } @shown;
	# OFFSET 0 keeps conditions and LIMIT out: the list is read.
	my @listed = rows("SELECT $columns FROM (SELECT * FROM $name OFFSET 0) l ORDER BY \"$key\" LIMIT 40");
	my ($filled, @wrong) = (0);

	cmp_ok(scalar @listed, '>', 0, 'there are rows');
	for my $row (@listed)
	{
		my $where = join ' AND ', map { "\"$_\" = " . literal($row->{$_}) } $key, @keys;
		$gmf->emulator->forget;
		my @got = rows("SELECT $columns FROM $name WHERE $where");
		my ($request) = $gmf->requests;

		is($request->{operation_id}, $get->{operation_id}, 'asked by key') if $row == $listed[0];
		if (@got != 1)
		{
			push @wrong, scalar(@got) . " rows WHERE $where";
			next;
		}
		for my $column (@shown)
		{
			my ($listed, $single) = map { $json->encode($_->{$column}) } $row, $got[0];

			$filled++ if $single ne 'null';
			push @wrong, "$column: $listed by the list, $single by key" if $listed ne $single;
		}
	}
	is_deeply(\@wrong, [], "$filled values in " . @listed . ' rows');
}

sub rows
{
	my ($sql) = @_;
	return @{ $contract->answer($session->query("SELECT json_agg(q) FROM ($sql) q")) // [] };
}

sub literal
{
	my ($value) = @_;
	$value =~ s/'/''/g;
	return "'$value'";
}
