# 027_memo.pl
#	What a scan holds while it is asked again and again: keys, answers that nobody has read, rows for
#	readers to come.  All of it is bounded by work_mem, however many keys there are.
use strict;
use warnings;

use Test::More;

use GmfTest;
use GmfRawServer;

my $megabyte = 1024 * 1024;
my $fleet = 500;
my $gmf = GmfTest->new(emulator => [ '--fleet', $fleet ], conf => "jit = off\nmax_parallel_workers_per_gather = 0\n");

$gmf->connect_cloud;
$gmf->sql("CREATE TABLE keys AS SELECT repeat('x', 100) || g AS k FROM generate_series(1, 300000) g;
	CREATE TABLE short AS SELECT 'none' || g AS k FROM generate_series(1, 2000) g;
	CREATE TABLE inst AS SELECT id AS k FROM cloud.instances; ANALYZE");

subtest 'keys of which nothing is sent' => \&unsent;
subtest 'keys that are sent, and do not exist' => \&unknown;
subtest 'answers that are left early' => \&left_early;
subtest 'answers that wait to be read' => \&unread;
done_testing;

# -----------------------------------------------------------------------------------

sub nested_loops
{
	my $session = $gmf->session;

	$session->query("SET work_mem = '1MB'; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off; "
		. 'SET enable_memoize = off; SET enable_hashagg = off; SET enable_sort = off');
	return $session;
}

# Bytes by which the backend grows over what it holds before, at its peak.
sub growth
{
	my ($session, $sql, $expected) = @_;
	my $status = '/proc/' . $session->backend . '/status';
	my $read = sub { return 1024 * (PostgreSQL::Test::Utils::slurp_file($status) =~ /^$_[0]:\s+(\d+) kB/m)[0] };
	my $before = $read->('VmRSS');

	PostgreSQL::Test::Utils::append_to_file('/proc/' . $session->backend . '/clear_refs', '5');
	is($session->query($sql), $expected, 'all rows');
	return $read->('VmHWM') - $before;
}

sub unsent
{
	for my $disabled ('', 'joins')
	{
		my $session = nested_loops();

		$session->query("SELECT count(*) FROM keys; SELECT FROM cloud.instances WHERE id = 'x'; SET gaussdb_mgmt_fdw.disable = '$disabled'");
		$gmf->forget;
		my $bytes = growth($session, 'SELECT count(*) FROM keys LEFT JOIN cloud.instances i ON i.id = keys.k', 300_000);

		is_deeply([ $gmf->asked ], [], 'no request');
		cmp_ok($bytes, '<', 6 * $megabyte, sprintf "300000 keys%s take %.1f MB", $disabled ? " without $disabled" : '', $bytes / $megabyte);
		$session->quit;
	}
}

sub unknown
{
	my $session = nested_loops();

	$session->query("SELECT count(*) FROM short; SELECT count(*) FROM (SELECT FROM short LIMIT 50) s; SELECT FROM cloud.instances WHERE id = 'x'");
	$gmf->forget;
	my $bytes = growth($session, 'SELECT count(*) FROM short s LEFT JOIN cloud.instances i ON i.id = s.k', 2000);

	is(scalar(my @asked = $gmf->requests), 2000, 'a request for each');
	cmp_ok($bytes, '<', 6 * $megabyte, sprintf '2000 empty answers take %.1f MB', $bytes / $megabyte);
	$session->quit;
}

sub left_early
{
	my $session = nested_loops();
	my $sql = 'SELECT count(*) FROM (SELECT k FROM inst LIMIT %d) i WHERE EXISTS (SELECT FROM cloud.parameters p WHERE p.instance_id = i.k)';
	my $all = $session->query('SELECT count(DISTINCT instance_id) FROM cloud.parameters');

	$session->query(sprintf $sql, 60);
	my $bytes = growth($session, sprintf($sql, $fleet), $all);

	cmp_ok($bytes, '<', 4 * $megabyte, sprintf "%d answers left after a row take %.1f MB more than 60", $fleet, $bytes / $megabyte);
	$session->quit;
}

# Each answer is more than work_mem: of those asked ahead only so many are on their way.
sub unread
{
	my $item = '{"id": "' . ('x' x (3 * $megabyte)) . '"}';
	my $raw = GmfRawServer->new(big => GmfRawServer::answer("{\"items\": [$item]}"));
	my $session = nested_loops();

	$gmf->sql("CREATE SERVER raw FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url('big')
		. "', project_id 'p', max_retries '0', max_connections '16'); CREATE USER MAPPING FOR CURRENT_USER SERVER raw OPTIONS (token 't');
		CREATE FOREIGN TABLE big (k text OPTIONS (location 'path'), id text) SERVER raw OPTIONS (service 's', path '/v1/{k}/x', items 'items')");
	$session->query("SELECT max(length(id)) FROM big WHERE k = 'a'");
	my $bytes = growth($session, 'SELECT sum(length(b.id)) FROM (SELECT k FROM short LIMIT 100) s JOIN big b ON b.k = s.k', 300 * $megabyte);

	is(scalar($raw->taken('big')), 101, 'each is asked for once');
	cmp_ok($bytes, '<', 45 * $megabyte, sprintf '100 answers of 3 MB take %.1f MB', $bytes / $megabyte);
	$session->quit;
}
