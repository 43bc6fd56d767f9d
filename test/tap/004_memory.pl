# 004_memory.pl
#	Memory of a server process: it does not grow with the number of queries, actions and
#	failures, nor with the number of rows.
#
# GMF_REPETITIONS is how often each thing is done (10000).
use strict;
use warnings;

use List::Util qw(max sum0);
use Test::More;

use GmfTest;

my $repetitions = $ENV{GMF_REPETITIONS} || 10_000;
my $rounds = 10;
my $page = 4096;
my $kilobyte = 1024;
my $megabyte = 1024 * 1024;

my $gmf = GmfTest->new(emulator => [ '--fleet', 20_000, '--job-seconds', 0 ],
	conf => "log_statement = none\nlog_min_messages = fatal\njit = off\n");

$gmf->connect_cloud;
$gmf->connect_cloud(server => 'narrow', options => { max_response_size => '1kB' }, services => []);
$gmf->connect_cloud(server => 'closed', services => [],
	options => { endpoint => 'http://127.0.0.1:1', max_retries => 0 });
$gmf->sql("IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances) FROM SERVER $_ INTO $_")
	for qw(narrow closed);
my $id = $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' LIMIT 1");

# What is repeated; "share": how often in proportion, where it is slow; "requests": how many each
# makes at least; "error": what it says where it fails; "slack": what the allocator may keep, where
# how many answers of a hundred rows there are at once is a matter of timing.
my @repeated = (
	{ name => 'a query', requests => 1,
		sql => "SELECT name FROM cloud.instances WHERE id = '$id'" },
	{ name => 'a query that fails', requests => 1, error => 'division by zero',
		sql => "SELECT 1 / (volume_size - volume_size) FROM cloud.instances WHERE id = '$id'" },
	{ name => 'an error of the API', requests => 1, error => 'GaussDB ',
		sql => "SELECT gaussdb_restart_instance('cloud', 'no-such-instance')" },
	{ name => 'an action', requests => 1,
		sql => "SELECT gaussdb_rename_instance('cloud', '$id', 'name-%s')" },
	{ name => 'an argument that is refused', requests => 0, error => 'argument "name"',
		sql => "SELECT gaussdb_rename_instance('cloud', '$id', '-')" },
	{ name => 'an answer that is too large', share => 0.1, requests => 1, error => 'too large an answer',
		sql => 'SELECT name FROM narrow.instances' },
	{ name => 'a service that is not there', share => 0.1, requests => 0, error => 'could not be reached',
		sql => 'SELECT name FROM closed.instances' },
	{ name => 'a cursor that is closed early', share => 0.1, requests => 1, code => \&use_cursor,
		slack => 4 * $megabyte },
	{ name => 'a join that reads ahead', share => 0.02, requests => 6,
		sql => 'SELECT p.value FROM (SELECT id FROM cloud.instances LIMIT 5) i JOIN cloud.parameters p '
			. "ON p.instance_id = i.id WHERE p.name = 'autovacuum'" },
	{ name => 'a server that is altered', share => 0.02, requests => 1, code => \&alter_server });

for my $case (@repeated)
{
	my $times = int($repetitions * ($case->{share} // 1));

	subtest "$case->{name}, $times times" => sub {
		does_not_grow($case->{code} // sub { repeat($_[0], $case, $_[1]) }, $times, $case->{slack} // 512 * $kilobyte);
		cmp_ok(requests_made(), '>=', $case->{requests} * $times, 'and it was done');
	};
}
subtest 'rows' => \&rows_take_no_memory;
subtest 'answers that are kept for rescans' => \&rescans_are_bounded;
done_testing;

# -----------------------------------------------------------------------------------

# $code->($session, $times) in rounds; the first two are for what is made once.
sub does_not_grow
{
	my ($code, $times, $slack) = @_;
	my $session = $gmf->session(seconds => 600);
	my $each = max(1, int($times / $rounds));
	my @contexts;
	my @private;

	$gmf->forget;

	for my $round (1 .. $rounds)
	{
		$code->($session, $each);
		push @contexts, $session->query('SELECT sum(total_bytes) FROM pg_backend_memory_contexts');
		push @private, private_bytes($session->backend);
	}
	my $grown = $contexts[-1] - $contexts[1];
	my $grown_private = $private[-1] - $private[1];

	cmp_ok($grown, '<=', 64 * $kilobyte, "memory contexts grew by $grown bytes");
	cmp_ok($grown_private, '<=', $slack, "the process grew by $grown_private bytes");
	$session->quit;
}

sub requests_made
{
	my $requests = $gmf->emulator->stats->{requests};
	return sum0(values %$requests);
}

# As fast as it goes: in one statement, which catches the error that is expected, and wants it.
sub repeat
{
	my ($session, $case, $times) = @_;
	my $error = $case->{error};
	my $run = "EXECUTE replace(\$q\$$case->{sql}\$q\$, '%s', i::text) INTO r;";

	$run = "BEGIN $run failed := false; EXCEPTION WHEN OTHERS THEN "
		. "failed := strpos(sqlerrm, \$q\$$error\$q\$) > 0; IF NOT failed THEN RAISE; END IF; END; "
		. "IF NOT failed THEN RAISE EXCEPTION 'no error'; END IF;" if defined $error;
	$session->query("DO \$do\$ DECLARE r record; failed boolean; BEGIN FOR i IN 1 .. $times LOOP "
		. "$run END LOOP; END \$do\$");
}

sub use_cursor
{
	my ($session, $times) = @_;
	$session->query("DO \$do\$ DECLARE c refcursor; r record; BEGIN FOR i IN 1 .. $times LOOP "
		. "OPEN c FOR SELECT id, nodes FROM cloud.instances; FETCH c INTO r; CLOSE c; "
		. "END LOOP; END \$do\$");
}

sub alter_server
{
	my ($session, $times) = @_;

	for my $number (1 .. $times)
	{
		$session->query("ALTER SERVER cloud OPTIONS (" . ($number % 2 ? 'ADD' : 'DROP')
			. " language" . ($number % 2 ? " 'en-us'" : '') . ')');
		$session->query("SELECT name FROM cloud.instances WHERE id = '$id'");
	}
}

sub rows_take_no_memory
{
	for my $columns ('id, name, status', '*')
	{
		my %peak = map { $_ => peak_of("SELECT $columns FROM cloud.instances LIMIT $_") } 2_000, 20_000;

		cmp_ok($peak{20_000}, '<=', 32 * $megabyte,
			sprintf '20,000 rows (%s) take %.1f MB', $columns, $peak{20_000} / $megabyte);
		# All of it would be more than 40 MB.
		cmp_ok($peak{20_000} - $peak{2_000}, '<=', 8 * $megabyte,
			sprintf '... 2,000 take %.1f MB', $peak{2_000} / $megabyte);
	}
}

# A nested loop over an answer that is much larger than work_mem.
sub rescans_are_bounded
{
	my $sql = 'SELECT count(*) FROM generate_series(1, 2) g, LATERAL (SELECT i.name FROM '
		. "cloud.instances i WHERE i.type = CASE g WHEN 3 THEN 'x' ELSE 'Enterprise' END OFFSET 0) i";
	my $peak = peak_of("SET LOCAL work_mem = '64kB'; $sql");

	cmp_ok($peak, '<=', 8 * $megabyte, sprintf '%.1f MB', $peak / $megabyte);
}

# How much more than before the query a process of its own had at most.
sub peak_of
{
	my ($sql) = @_;
	my $session = $gmf->session(seconds => 300);
	my $pid = $session->backend;

	# What is loaded once is not what is measured.
	$session->query("SELECT id, nodes, raw FROM cloud.instances LIMIT 1");
	my $before = private_bytes($pid);
	$session->query("DO \$do\$ DECLARE r record; n integer := 0; BEGIN "
		. ($sql =~ /^SET/ ? (split /;\s*/, $sql)[0] . ';' : '')
		. "FOR r IN EXECUTE \$q\$" . ($sql =~ s/^SET[^;]*;\s*//r) . "\$q\$ LOOP n := n + 1; END LOOP; "
		. "IF n = 0 THEN RAISE EXCEPTION 'no rows'; END IF; END \$do\$");
	my $peak = peak_bytes($pid);
	$session->quit;
	return $peak - $before;
}

# Resident, and not shared with others.
sub private_bytes
{
	my ($pid) = @_;
	my (undef, $resident, $shared) = split / /, PostgreSQL::Test::Utils::slurp_file("/proc/$pid/statm");

	return ($resident - $shared) * $page;
}

# The most that it was, less what is shared now.
sub peak_bytes
{
	my ($pid) = @_;
	my ($kilobytes) = PostgreSQL::Test::Utils::slurp_file("/proc/$pid/status") =~ /^VmHWM:\s+(\d+) kB/m;
	my (undef, undef, $shared) = split / /, PostgreSQL::Test::Utils::slurp_file("/proc/$pid/statm");

	return $kilobytes * $kilobyte - $shared * $page;
}
