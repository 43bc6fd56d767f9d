# 017_bounds.pl
#	What a query may take of its server process: memory for large values, descriptors.  And scans that
#	wait together are seen to wait.
use strict;
use warnings;

use Test::More;

use GmfTest;
use GmfRawServer;

my $megabyte = 1024 * 1024;
my $gmf = GmfTest->new(emulator => [ '--fleet', 20 ],
	conf => "shared_preload_libraries = 'gaussdb_mgmt_fdw'\nmax_files_per_process = 90\n");

$gmf->connect_cloud(options => { max_retries => 0, page_size => 5 });
$gmf->connect_cloud(server => 'east', region => 'cn-east-3', options => { max_retries => 0, page_size => 5 });

subtest 'the memory of an array' => \&arrays;
subtest 'the descriptors of a server process' => \&descriptors;
subtest 'no descriptor at all' => \&no_descriptor;
subtest 'scans under one Append are seen to wait' => \&appends;
done_testing;

# -----------------------------------------------------------------------------------

sub arrays
{
	my $n = 4 * $megabyte;
	my $raw = GmfRawServer->new(
		joined => GmfRawServer::answer('{"items": [{"id": "' . ('a,' x $n) . 'a"}]}'),
		empty => GmfRawServer::answer('{"items": [{"id": [' . ('"",' x $n) . '""]}]}'),
		escaped => GmfRawServer::answer('{"items": [{"id": [' . ('"\u00fc",' x ($n / 4)) . '"b"]}]}'),
		numbers => GmfRawServer::answer('{"items": [{"id": [' . ('null,7,' x ($n / 2)) . '7]}]}'));

	$gmf->sql("CREATE SERVER raw FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url('joined')
		. "', project_id 'p', max_retries '0'); CREATE USER MAPPING FOR CURRENT_USER SERVER raw OPTIONS (token 't')");
	for my $case ([ 'joined', 'text[]', $n + 1, 2 * $n ], [ 'empty', 'text[]', $n + 1, 3 * $n ], [ 'escaped', 'varchar(3)[]', $n / 4 + 1, 9 * $n / 4 ],
		[ 'numbers', 'integer[]', $n + 1, 7 * $n / 2 ], [ 'numbers', 'numeric(3,1)[]', $n + 1, 7 * $n / 2 ])
	{
		my ($name, $type, $elements, $bytes) = @$case;
		my $session = $gmf->session;

		$gmf->sql("ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url($name) . "'); DROP FOREIGN TABLE IF EXISTS large; "
			. "CREATE FOREIGN TABLE large (id $type" . ($name eq 'joined' ? " OPTIONS (separator ',')" : '') . ") SERVER raw OPTIONS (service 's', path '/x', items 'items')");
		my $before = peak($session->backend);
		is($session->query('SELECT max(cardinality(id)) FROM large'), $elements, "$name as $type: all elements");
		my $took = peak($session->backend) - $before;
		cmp_ok($took, '<', 20 * $bytes, sprintf '... take %.1f times the answer', $took / $bytes);
		$session->quit;
	}
}

# Bytes
sub peak
{
	my ($pid) = @_;
	my ($kilobytes) = PostgreSQL::Test::Utils::slurp_file("/proc/$pid/status") =~ /^VmHWM:\s+(\d+) kB/m;

	return 1024 * $kilobytes;
}

# A third of 90 less some is for what is not a file of the server: room for one session.
sub descriptors
{
	my $session = $gmf->session;
	my $both = 'SELECT count(*) FROM cloud.instances a, east.instances b WHERE a.id <> b.id';

	$session->query('\set VERBOSITY verbose');
	is($session->query('SELECT count(id) FROM cloud.instances'), 20, 'a session with fewer connections than it might have');
	is($session->query('SELECT count(p.value) > 0 FROM cloud.instances i JOIN cloud.parameters p ON p.instance_id = i.id'), 't',
		'many requests');
	is($session->query('SELECT count(id) > 0 FROM east.instances'), 't', 'one that is not used makes room for another');
	for (1 .. 5)
	{
		my (undef, $err) = $session->try($both);

		like($err, qr/^ERROR:  53000: too many open files/, 'two at once are too many');
	}
	is($session->query('SELECT count(id) FROM cloud.instances'), 20, 'what failed has given back what it had');
	$session->query("ALTER SERVER cloud OPTIONS (SET page_size '6')");
	is($session->query('SELECT count(id) FROM cloud.instances'), 20, 'and so has what is stale');
	$session->quit;
}

sub no_descriptor
{
	my $session = $gmf->session;
	my $pid = $session->backend;
	my @open = glob "/proc/$pid/fd/*";

	$session->query("\\set VERBOSITY verbose\nSELECT count(*) FROM pg_class");
	plan skip_all => 'no prlimit' if system("prlimit --version >/dev/null 2>&1") != 0;
	my $saw = '';
	for my $more (0 .. 9)
	{
		system('prlimit', "--pid=$pid", '--nofile=' . (@open + $more) . ':') == 0 or die 'prlimit';
		my ($out, $err) = $session->try('SELECT count(id) FROM cloud.instances');

		$saw .= $err =~ /^ERROR:  (\w+)/ ? "$1 " : "$out ";
	}
	like($saw, qr/^(53000 ){5,}(20 )*$/, "none for the session, none for what it needs besides: $saw");
	system('prlimit', "--pid=$pid", '--nofile=1000:') == 0 or die 'prlimit';
	is($session->query('SELECT count(id) FROM cloud.instances'), 20, 'the session goes on');
	$session->quit;
}

sub appends
{
	my $union = join ' UNION ALL ', map { "SELECT id FROM $_" } qw(cloud.instances cloud.backups);
	my $session = $gmf->session;

	like($gmf->explain($union), qr/Async Foreign Scan.*Async Foreign Scan/s, 'they wait together');
	$gmf->fault({ match => {}, effect => { delay_ms => 10_000 } });
	$session->send($union);
	$gmf->wait_until('(SELECT count(*) FROM gaussdb_mgmt_progress()) = 1');
	is($gmf->sql("SELECT server, table_name IN ('instances', 'backups') FROM gaussdb_mgmt_progress()"), 'cloud|t', 'the view has one of them');
	$gmf->sql('SELECT pg_cancel_backend(' . $session->backend . ')');
	like(($session->wait)[1], qr/canceling statement/, 'a cancel is served');
	is($gmf->sql('SELECT count(*) FROM gaussdb_mgmt_progress()'), 0, 'and the view has none any more');
	$gmf->no_faults;

	$gmf->fault({ match => {}, effect => { delay_ms => 30 } });
	my (undef, $notices) = $session->try("SET gaussdb_mgmt_fdw.progress_interval = 1; SELECT count(*) FROM ($union) u");
	like($notices, qr/NOTICE:  instances: \d+ .*rows, \d+ requests/, 'a NOTICE of one');
	like($notices, qr/NOTICE:  backups: \d+ .*rows, \d+ requests/, 'and of the other');
	my @waited = $gmf->explain($union, 'ANALYZE, COSTS OFF') =~ /Time Waiting: (\S+) ms/g;
	is(scalar(grep { $_ > 0 } @waited), 2, "both have waited: @waited ms");
	$gmf->no_faults;
	$session->quit;
}
