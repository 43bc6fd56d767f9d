# 014_lifecycle.pl
#	Ends that one session alone cannot bring about: rows that others update at the
#	same time, objects that others drop, clients that go away, a server that dies.
#	See sql/lifecycle.sql for the rest.
use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep time);

use GmfTest;

my $fleet = 30;
my $gmf = GmfTest->new(emulator => [ '--fleet', $fleet ],
	conf => "shared_preload_libraries = 'gaussdb_mgmt_fdw'\n");

$gmf->connect_cloud(options => { page_size => 10 });
$gmf->sql(q{
	CREATE TABLE asset AS
		SELECT id AS instance_id, row_number() OVER (ORDER BY name) AS n, 0 AS seen FROM cloud.instances;
	ANALYZE asset;
	CREATE TABLE pair AS SELECT * FROM asset WHERE n <= 2});

subtest 'rows that others update' => \&rows_that_others_update;
subtest 'the extension dropped by another session' => \&extension_dropped;
subtest 'a client that goes away' => \&client_goes_away;
subtest 'a server process that is told to end' => \&told_to_end;
subtest 'the server dies' => \&server_dies;
done_testing;

# -----------------------------------------------------------------------------------

# Who waits for a row that is then updated gets the new one, checked again with the row of the
# cloud that belonged to the old one.
sub rows_that_others_update
{
	my $parameter = 'cloud.parameters p ON p.instance_id = a.instance_id';
	my @rest = ('FROM cloud.parameters p WHERE p.instance_id = a.instance_id',
		"AND a.n <= 3 AND p.name = 'max_connections'");
	my %queries = (
		'a join that reads ahead' =>
			"SELECT a.n, a.seen FROM asset a JOIN $parameter "
			. "WHERE a.n <= 3 AND p.name = 'max_connections' ORDER BY a.n FOR UPDATE OF a",
		'an UPDATE that reads ahead' => "UPDATE asset a SET seen = seen @rest RETURNING a.n, a.seen",
		'a join by list' =>
			'SELECT a.n, a.seen FROM asset a JOIN cloud.instances i ON i.id = a.instance_id '
			. 'WHERE a.n <= 3 ORDER BY a.n FOR UPDATE OF a',
		'a subquery' =>
			'SELECT a.n, a.seen FROM asset a WHERE a.n <= 3 AND EXISTS '
			. '(SELECT FROM cloud.instances i WHERE i.id = a.instance_id) ORDER BY a.n FOR UPDATE');

	for my $disabled ('', 'joins', 'joins, rescans')
	{
		my $session = $gmf->session;

		$session->query("SET gaussdb_mgmt_fdw.disable = '$disabled'");
		for my $name (sort keys %queries)
		{
			my $what = $name . ($disabled ? " (without $disabled)" : '');

			$gmf->sql('UPDATE asset SET seen = 0');
			is_deeply([ beside('UPDATE asset SET seen = 7 WHERE n = 2', $session, $queries{$name}) ],
				[ '1|0', '2|7', '3|0' ], "$what: the row as it is now");
			is_deeply([ beside('UPDATE asset SET n = -n WHERE n = 2', $session, $queries{$name}) ],
				[ '-2|7', '1|0', '3|0' ], "$what: a row that still fits");
			$gmf->sql('UPDATE asset SET n = 2 WHERE n = -2');
			is_deeply([ beside('UPDATE asset SET n = 1000 WHERE n = 2', $session, $queries{$name}) ],
				[ '1|0', '3|0' ], "$what: a row that no longer fits");
			$gmf->sql('UPDATE asset SET n = 2 WHERE n = 1000');
			is_deeply([ beside("UPDATE asset SET instance_id = 'x' || instance_id WHERE n = 2",
					$session, $queries{$name}) ],
				[ '1|0', '3|0' ], "$what: another key");
			$gmf->sql('UPDATE asset SET instance_id = substr(instance_id, 2) WHERE n = 2');
			is_deeply([ beside('BEGIN; SAVEPOINT s; DELETE FROM asset WHERE n = 2', $session,
					$queries{$name}, 'ROLLBACK') ],
				[ '1|0', '2|7', '3|0' ], "$what: a row that was not deleted after all");
		}
		$session->quit;
	}
}

# The rows that a query gives which waited for another transaction, sorted.
sub beside
{
	my ($change, $session, $query, $end) = @_;
	my $other = $gmf->session;

	$other->query("BEGIN; $change");
	$session->send($query);
	$gmf->wait_until('EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid = ' . $session->backend . ')');
	$other->query($end // 'COMMIT');
	$other->quit;
	my ($out, $err) = $session->wait;
	is($err, '', 'no error') if $err ne '';
	return sort split /\n/, $out;
}

sub extension_dropped
{
	my $session = $gmf->session;
	my $dropper = $gmf->session;
	my $instance = $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 1");

	$session->query('PREPARE q AS SELECT count(id) FROM cloud.instances');
	$session->query('PREPARE j AS SELECT count(p.value) FROM asset a JOIN cloud.parameters p USING (instance_id)');
	$session->query("PREPARE f AS SELECT gaussdb_restart_instance('cloud', '$instance')");
	$session->query('EXECUTE q; EXECUTE j') for 1 .. 7;
	$session->query('BEGIN; DECLARE c CURSOR FOR SELECT id FROM cloud.instances; FETCH 1 FROM c');

	$dropper->query("SET lock_timeout = '300ms'");
	my ($out, $err) = $dropper->try('DROP EXTENSION gaussdb_mgmt_fdw CASCADE');
	like($err, qr/lock timeout/, 'not while a cursor is open');
	is(scalar(split /\n/, $session->query('FETCH ALL FROM c')), $fleet - 1, 'which goes on');
	$session->query('COMMIT');

	$dropper->query('DROP EXTENSION gaussdb_mgmt_fdw CASCADE');
	for my $case ([ q => 'relation "cloud.instances" does not exist' ],
		[ j => 'relation "cloud.parameters" does not exist' ],
		[ f => 'function gaussdb_restart_instance\(.*\) does not exist' ])
	{
		my ($name, $message) = @$case;

		($out, $err) = $session->try("EXECUTE $name");
		like($err, qr/ERROR:  $message/, "prepared statement $name: is gone");
	}
	is($session->query('SELECT count(*) FROM asset JOIN pair USING (instance_id)'), 2, 'joins of tables go on');

	$gmf->sql('CREATE EXTENSION gaussdb_mgmt_fdw; DROP SCHEMA cloud CASCADE');
	$gmf->connect_cloud(options => { page_size => 10 });
	is($session->query('EXECUTE q'), $fleet, 'made again: the prepared statement is as good as new');
	cmp_ok($session->query('EXECUTE j'), '>', $fleet, 'and the join');
	($out, $err) = $session->try('EXECUTE f');
	is($err, '', 'and the action');
}

# With requests on their way, and with a cursor open
sub client_goes_away
{
	for my $way ('quits', 'is killed')
	{
		my $session = $gmf->session;
		my $position = $gmf->log_position;
		my $pid = $session->backend;

		$session->query('BEGIN; DECLARE c CURSOR FOR SELECT id FROM cloud.instances; FETCH 1 FROM c; '
			. 'DECLARE d CURSOR FOR SELECT p.value FROM asset a JOIN cloud.parameters p USING (instance_id); '
			. 'FETCH 1 FROM d');
		if ($way eq 'quits')
		{
			$session->quit;
		}
		else
		{
			$session->{run}->kill_kill;
			delete $session->{run};
		}
		ok(gone($pid), "$way: the server process ends");
		unlike($gmf->log_text($position), qr/ERROR|FATAL|PANIC|terminated by signal|resource/, 'in good order');
	}
}

sub told_to_end
{
	my $session = $gmf->session;
	my $position = $gmf->log_position;

	$gmf->fault({ match => {}, effect => { delay_ms => 10_000 } });
	$session->send('SELECT count(p.value) FROM asset a JOIN cloud.parameters p USING (instance_id)');
	$gmf->wait_until('(SELECT count(*) FROM gaussdb_mgmt_progress()) = 1');
	$gmf->sql('SELECT pg_terminate_backend(' . $session->backend . ')');
	ok(gone($session->backend), 'it ends');
	$session->quit;
	is($gmf->sql('SELECT count(*) FROM gaussdb_mgmt_progress()'), 0, 'and is not shown any more');

	# An error and a cancel leave no row of progress either.
	$session = $gmf->session;
	$session->query("SET statement_timeout = '300ms'");
	$session->try('SELECT count(id) FROM cloud.instances');
	is($gmf->sql('SELECT count(*) FROM gaussdb_mgmt_progress()'), 0, 'nor is what was cancelled');
	$gmf->no_faults;
	unlike($gmf->log_text($position), qr/PANIC|terminated by signal|leak/, 'in good order');
}

# A server process that waits for the cloud must not outlive its server.
sub server_dies
{
	my $session = $gmf->session;
	my $pid = $session->backend;

	$gmf->fault({ match => {}, effect => { delay_ms => 20_000 } });
	$session->send('SELECT count(id) FROM cloud.instances');
	$gmf->wait_until('(SELECT count(*) FROM gaussdb_mgmt_progress()) = 1');
	$gmf->node->kill9;
	ok(gone($pid), 'the server process ends, too');
	$session->quit;
	$gmf->no_faults;
	$gmf->node->start;
	is($gmf->sql('SELECT count(id) FROM cloud.instances'), $fleet, 'after a restart all is well');
}

# Is the process gone, at once or soon?
sub gone
{
	my ($pid) = @_;
	my $deadline = time + 5;

	sleep 0.02 while kill(0, $pid) && time < $deadline;
	return !kill(0, $pid);
}
