# 016_options.pl
#	Whatever is written into options, of servers, user mappings, tables and columns: it is taken or
#	refused, with an error of its own; what is taken can be read again as it was written, shows no
#	secret, and a table with it can be planned, or says what is wrong with it.
#
# GMF_SEED chooses other values, GMF_VALUES how many of them for each option.
use strict;
use warnings;

use List::Util qw(sum0);
use Test::More;

use GmfTest;

my $seed = $ENV{GMF_SEED} || 20250101;
my $number = $ENV{GMF_VALUES} || 40;
my $gmf = GmfTest->new;
my $backend;

# What a value is put together from; "\x01" is a control character, the last two are not ASCII.
my @pieces = ('', ' ', "'", '"', '%', '%s', '%n', '%00', "\n", "\t", "\x01", "\x7f", '\\', '\\\'', '/', '//', '/../', '.', '..', '?a=b', '#',
	'@', ':', ':99999', '[', ']', '[]', '{}', '{project_id}', '{id}', '{', '}', '|', '$.', '^.', '@key', '*', ',', ';', '--', '$$', 'null',
	'true', 'off', '-1', '0', '1', '100', '99999999999999999999', '1e400', 'nan', 'inf', '0x10', '1.5', '4kB', '16MB', 'GB', 'http://',
	'https://', 'https://example.com', 'file:///etc/passwd', 'gopher://x', 'localhost', '169.254.169.254', '[::1]', 'user:pass@', 'example.com',
	'cn-north-4', 'gaussdb', 'gaussdb.instances', 'instances', 'GET', 'POST', 'DELETE', 'records', 'pages', 'marker', 'none', 'query', 'body',
	'path', 'header', 'key', 'exact', 'contains', 'prefix', 'id', 'name', 'a' x 3000, "\xc3\xbc", "\xf0\x9f\x98\x80");

# What an option that cannot be is refused with.
my %refusal = map { $_ => 1 } qw(HV00D HV024 HV021 HV002 42501 42704 22023 53000 54000);

srand $seed;
note "GMF_SEED=$seed GMF_VALUES=$number";
$gmf->sql('CREATE SCHEMA try');
my $session = $gmf->session(seconds => 600);
$session->query('\set VERBOSITY verbose');
$backend = $session->backend;

my %options = map { $_ => [ names_of($_) ] } qw(server mapping table column);
cmp_ok(scalar @{ $options{$_} }, '>=', { server => 25, mapping => 7, table => 20, column => 12 }->{$_}, "options of a $_")
	for sort keys %options;
for my $kind (sort keys %options)
{
	subtest "values of one option of a $kind" => sub { one_option($kind) };
	subtest "several options of a $kind" => sub { several_options($kind) };
}
is($session->backend, $backend, 'the server process is the same');
$session->quit;
done_testing;

# -----------------------------------------------------------------------------------

# As the hint of an unknown one tells them.
sub names_of
{
	my ($kind) = @_;
	my ($out, $err) = $session->try("BEGIN;\n" . statement($kind, [ [ 'no_such_option', 'x' ] ]) . ";\nROLLBACK");
	my ($list) = $err =~ /HINT:  Valid options in this context are: (.*)\.$/m;

	return split /, /, $list // '';
}

sub one_option
{
	my ($kind) = @_;
	my %count = (taken => 0, refused => 0);

	for my $name (@{ $options{$kind} })
	{
		$count{ outcome($kind, [ endpoint($kind, $name), [ $name, value() ] ]) }++ for 1 .. $number;
	}
	cmp_ok($count{taken}, '>', 0, "$count{taken} were taken");
	cmp_ok($count{refused}, '>', 0, "$count{refused} were refused");
}

# What a table needs beside an option.
sub endpoint
{
	my ($kind, $name) = @_;

	return () if $kind ne 'table' || $name eq 'resource';
	return grep { $_->[0] ne $name } [ service => 'vpc' ], [ path => '/v1/{project_id}/vpcs' ];
}

sub several_options
{
	my ($kind) = @_;
	my %count;

	for (1 .. 5 * $number)
	{
		my %chosen = map { $_ => value() } map { $options{$kind}[ rand @{ $options{$kind} } ] } 1 .. 2 + int rand 5;

		# Often enough a table is to be one.
		@chosen{qw(service path)} = ('vpc', '/v1/{project_id}/vpcs') if $kind eq 'table' && rand() < 0.5;
		$count{ outcome($kind, [ map { [ $_, $chosen{$_} ] } sort keys %chosen ]) }++;
	}
	is(sum0(values %count), 5 * $number, join ', ', map { "$count{$_} $_" } sort keys %count);
}

sub value
{
	return join '', map { $pieces[ rand @pieces ] } 1 .. 1 + int rand 3;
}

# 'taken' or 'refused'; anything else is a failure.
sub outcome
{
	my ($kind, $given) = @_;
	my $sql = statement($kind, $given);
	my ($out, $err) = $session->try("BEGIN;\n$sql");
	my ($state) = $err =~ /^(?:ERROR|FATAL|PANIC):  (\w{5}): /m;
	my $outcome = defined $state ? 'refused' : 'taken';

	fail("$sql: $err") if defined $state && !$refusal{$state} && $err !~ /schema element|too long/;
	fail("$sql: the session is gone: $err") if $err =~ /server closed the connection|FATAL|PANIC/;
	read_back($kind, $given, $sql) if $outcome eq 'taken';
	planned($kind, $sql) if $outcome eq 'taken' && $kind =~ /table|column/;
	$session->try('ROLLBACK');
	return $outcome;
}

# What the catalog of PostgreSQL holds is what was written.
sub read_back
{
	my ($kind, $given, $sql) = @_;
	my %from = (
		server => "pg_foreign_server, pg_options_to_table(srvoptions) o WHERE srvname = 'tried'",
		mapping => "pg_user_mapping, pg_options_to_table(umoptions) o",
		table => "pg_foreign_table, pg_options_to_table(ftoptions) o",
		column => "pg_attribute, pg_options_to_table(attfdwoptions) o WHERE attrelid = 'try.t'::regclass");

	for my $option (@$given)
	{
		my $where = $from{$kind} =~ /WHERE/ ? 'AND' : 'WHERE';
		my ($out, $err) = $session->try("SELECT option_value = " . literal($option->[1])
			. " FROM $from{$kind} $where option_name = '$option->[0]'");

		fail("$sql: $option->[0] is \"$out\" $err") if $out ne 't';
	}
}

# EXPLAIN asks nobody.  What depends on several columns may be found out only now.
sub planned
{
	my ($kind, $sql) = @_;
	my ($out, $err) = $session->try('EXPLAIN SELECT * FROM try.t');
	my ($state) = $err =~ /^(?:ERROR|FATAL|PANIC):  (\w{5}): /m;

	fail("$sql: neither planned nor refused: $err") if defined $state && $state !~ /^(?:HV|42|22|54)/;
	fail("$sql: no plan: $out$err") if !defined $state && $out !~ /Foreign Scan/;
}

sub statement
{
	my ($kind, $given) = @_;
	my $list = 'OPTIONS (' . join(', ', map { "$_->[0] " . literal($_->[1]) } @$given) . ')';
	my $wrapper = 'FOREIGN DATA WRAPPER gaussdb_mgmt_fdw';
	my $endpoint = "OPTIONS (endpoint 'https://example.com')";
	my $mapping = "CREATE USER MAPPING FOR CURRENT_USER SERVER tried OPTIONS (token 'x')";

	return "CREATE SERVER tried $wrapper $list" if $kind eq 'server';
	return "CREATE SERVER tried $wrapper $endpoint;\nCREATE USER MAPPING FOR CURRENT_USER SERVER tried $list" if $kind eq 'mapping';
	return "CREATE SERVER tried $wrapper $endpoint;\n$mapping;\nCREATE FOREIGN TABLE try.t (id text, name text) SERVER tried $list"
		if $kind eq 'table';
	return "CREATE SERVER tried $wrapper $endpoint;\n$mapping;\nCREATE FOREIGN TABLE try.t (id text $list, name text) "
		. "SERVER tried OPTIONS (service 'vpc', path '/v1/{project_id}/vpcs', items 'vpcs')";
}

# A constant in which nothing has a meaning.
sub literal
{
	my ($text) = @_;

	$text =~ s/(['\\])/$1$1/g;
	return "E'$text'";
}
