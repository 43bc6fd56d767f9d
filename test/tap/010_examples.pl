# 010_examples.pl
#	Every example of an answer in the contracts, served as it stands: the rows and all
#	columns of the tables are what an independent reading (test/contract/examples.py) makes of it.
#
# Examples that contradict their own document are read like the others; a value that is
# damaged beyond its type is an error which names the column and the value, and the other
# columns show.
use strict;
use warnings;

use Test::More;

use GmfTest;
use GmfContract;

my $gmf = GmfTest->new(emulator => [ '--fleet', 10 ]);
my $contract = GmfContract->new($gmf);
my $read = $contract->helper('examples.py');
my ($rows, $values) = (0, 0);

$gmf->connect_cloud(services => []);
$contract->import_all('cloud');
my $session = $gmf->session;

is_deeply($read->{unserved}, ['iam.KeystoneCreateUserTokenByPassword'],
	'an example of an answer is one of a table or a function; tokens are shown by neither');
for my $case (@{ $read->{cases} })
{
	subtest $case->{title} => sub { eval { shows_example($case); 1 } or fail($@) };
}
cmp_ok($values, '>', 1000, "$rows rows, $values values that are not NULL");
is_deeply([ map { @{ $_->{violations} } } $gmf->requests ], [], 'no request was against the contract');
note 'operations without an example of an answer: ' . join ', ', sort @{ $read->{without} };
done_testing;

# -----------------------------------------------------------------------------------

sub shows_example
{
	my ($case) = @_;
	my @columns = 0 .. $#{ $case->{columns} };
	my %damaged;

	$gmf->emulator->admin('POST', 'serve-example',
		{ operation_id => $case->{operation}, example => $case->{example} });
	$gmf->forget;
	note "the example contradicts its document: $case->{marks}" if $case->{marks};
	for my $column (@columns)
	{
		my ($value) = grep { ref && $_->{unreadable} } map { $_->[$column] } @{ $case->{rows} };
		$damaged{$column} = $value->{unreadable} if $value;
	}
	for my $column (sort keys %damaged)
	{
		my ($text) = $damaged{$column} =~ /^(.*) is not /;
		my (undef, $error) = $session->try(query_of($case, $column));

		like($error, qr/^ERROR: .*\Q$text\E.*\Q$case->{columns}[$column]\E/s,
			"$case->{columns}[$column]: $damaged{$column}");
	}
	@columns = grep { !$damaged{$_} } @columns;
	my @wanted = map { my $row = $_; [ map { $row->[$_] } @columns ] } @{ $case->{rows} };
	my (undef, $part) = $session->try(query_of($case, @columns));

	# An example whose total counts more rows than it shows is an error at the end of the list.
	if (defined $part && $part =~ /returned the same page twice|the service counts/)
	{
		note "the example is a part of a list: $part";
		$case->{from} = "(SELECT * FROM $case->{from} LIMIT " . @wanted . ') t';
	}
	my $got = $contract->answer($session->query(query_of($case, @columns))) // [];

	is(scalar @$got, scalar @wanted, scalar @wanted . ' rows');
	cmp_ok(scalar @wanted, '>', 0, 'which the example has');
	for my $number (0 .. $#wanted)
	{
		is_deeply(named($case, \@columns, $got->[$number], $wanted[$number]),
			named($case, \@columns, $wanted[$number], $wanted[$number]), "row $number");
		$values += grep { defined } @{ $wanted[$number] };
		$rows++;
	}
	my ($operation) = $case->{operation} =~ /\.(.*)/;
	my @others = grep { $_->{operation_id} ne $operation } $gmf->requests;
	is(scalar @others, 0, 'nothing else was asked');
}

sub query_of
{
	my ($case, @columns) = @_;
	my $shown = join ', ', map { $case->{shown}[$_] } @columns;
	return "SELECT json_agg(ARRAY[$shown]) FROM $case->{from}";
}

# A row by the names of its columns, its values in one form where the same value has several.
sub named
{
	my ($case, $columns, $row, $wanted) = @_;
	my %named;

	for my $place (0 .. $#$columns)
	{
		$named{ $case->{columns}[ $columns->[$place] ] } = $contract->in_one_form($row->[$place], $wanted->[$place]);
	}
	return \%named;
}
