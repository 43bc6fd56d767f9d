# 003_sessions.pl
#	What a session keeps from one query to the next, what makes it begin anew, whose
#	credential it uses, and the limits that it holds.
use strict;
use warnings;

use List::Util qw(max);
use Test::More;
use Time::HiRes qw(sleep);

use GmfTest;

my $fleet = 60;
my $gmf = GmfTest->new(emulator => [ '--fleet', $fleet ],
	conf => "shared_preload_libraries = 'gaussdb_mgmt_fdw'\n");
my $emulator = $gmf->emulator;

$gmf->connect_cloud(options => { page_size => 10 });

subtest 'connections are kept from query to query' => sub {
	my $session = $gmf->session;
	my $other = $gmf->session;

	# So slow that all that may be in flight are.
	$gmf->config(latency_ms => 20);
	$gmf->forget;
	cmp_ok($session->query('SELECT count(id) FROM cloud.backups'), '>', 100, 'many pages');
	my @first = $gmf->requests;
	is($emulator->connections(@first), 8, 'by as many connections as may be');
	$gmf->forget;
	is($session->query('SELECT count(id) FROM cloud.instances'), $fleet, 'another query');
	is(scalar $gmf->requests, $fleet / 10, 'as many requests as pages');
	$session->query('SELECT count(id) FROM cloud.backups');
	is_deeply([ opened(\@first, [ $gmf->requests ]) ], [], 'queries after the first open no connection');
	$session->try('SELECT 1/0 FROM cloud.instances LIMIT 1');
	$session->query('BEGIN; SELECT count(id) FROM cloud.instances; ROLLBACK; DISCARD ALL');
	$session->query('SELECT count(id) FROM cloud.instances');
	is_deeply([ opened(\@first, [ $gmf->requests ]) ], [],
		'nor after an error, ROLLBACK and DISCARD ALL');
	my $instance = $session->query("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' LIMIT 1");
	@first = (@first, $gmf->requests);
	$gmf->forget;
	$session->query("SELECT gaussdb_rename_instance('cloud', '$instance', 'renamed-once')");
	is(scalar(my @one = opened(\@first, [ $gmf->requests ])), 1,
		'an action goes by one of its own: it must not meet one that has gone stale');
	$other->query('SELECT count(id) FROM cloud.instances');
	isnt(join(' ', opened(\@first, [ $gmf->requests ])), '', 'another session has its own');
	$gmf->config(latency_ms => 0);
};

subtest 'a connection that the service has closed is opened again' => sub {
	my $session = $gmf->session;

	$session->query('SELECT count(id) FROM cloud.instances');
	$emulator->restart;
	is($session->query('SELECT count(id) FROM cloud.instances'), $fleet, 'the next query works');
	$session->quit;
};

subtest 'ALTER SERVER takes effect at the next query' => sub {
	my $session = $gmf->session;
	my $rows = "SELECT id FROM cloud.instances";

	$session->query("PREPARE p AS SELECT count(id) FROM cloud.instances");
	$session->query('EXECUTE p') for 1 .. 7;
	$session->query("BEGIN; DECLARE c CURSOR FOR $rows; FETCH 1 FROM c;");
	$gmf->sql("ALTER SERVER cloud OPTIONS (ADD language 'zh-cn')");
	$gmf->forget;
	is($session->query('SELECT count(id) FROM cloud.instances'), $fleet, 'a query beside an open cursor');
	is_deeply([ languages() ], ['zh-cn'], 'goes by the new options');
	$gmf->forget;
	is(scalar(split /\n/, $session->query('FETCH ALL FROM c')), $fleet - 1, 'the cursor goes on');
	is_deeply([ grep { $_ ne 'none' } languages() ], [], 'by the old ones');
	$session->query('COMMIT');
	$gmf->forget;
	is($session->query('EXECUTE p'), $fleet, 'a prepared statement');
	is_deeply([ languages() ], ['zh-cn'], 'goes by the new options');
	$gmf->sql('ALTER SERVER cloud OPTIONS (DROP language)');
	$gmf->forget;
	$session->query('EXECUTE p');
	is_deeply([ languages() ], ['none'], 'and by those that are newer still');
	$gmf->sql('ALTER SERVER cloud OPTIONS (SET page_size \'20\')');
	$gmf->forget;
	$session->query('EXECUTE p');
	is(scalar $gmf->requests, $fleet / 20, 'the size of pages too');
	$gmf->sql('ALTER SERVER cloud OPTIONS (SET page_size \'10\')');
};

subtest 'ALTER USER MAPPING takes effect at the next query' => sub {
	my $session = $gmf->session;

	$session->query('BEGIN; DECLARE c CURSOR FOR SELECT id FROM cloud.instances; FETCH 1 FROM c;');
	$gmf->sql("ALTER USER MAPPING FOR CURRENT_USER SERVER cloud OPTIONS (SET secret_key 'wrong')");
	my ($out, $err) = $session->try('SAVEPOINT s; SELECT count(id) FROM cloud.instances');
	like($err, qr/^ERROR:  GaussDB did not accept the credential for .*verify signature failed/,
		'a wrong key is refused');
	is(scalar(split /\n/, $session->query('ROLLBACK TO s; FETCH ALL FROM c')), $fleet - 1,
		'a cursor that has begun goes on');
	$session->query('COMMIT');
	$gmf->sql("ALTER USER MAPPING FOR CURRENT_USER SERVER cloud OPTIONS "
		. "(DROP access_key, DROP secret_key, ADD token '$GmfEmulator::token{token}')");
	$gmf->forget;
	is($session->query('SELECT count(id) FROM cloud.instances'), $fleet, 'a token instead of a key');
	is_deeply([ credentials() ], ['token'], 'is what was sent');
	$gmf->sql('DROP USER MAPPING FOR CURRENT_USER SERVER cloud');
	($out, $err) = $session->try('SELECT count(id) FROM cloud.instances');
	like($err, qr/^ERROR:  user mapping not found/, 'no mapping, no query');
	$gmf->sql('CREATE USER MAPPING FOR CURRENT_USER SERVER cloud '
		. GmfTest::option_list(\%GmfEmulator::access_key));
	is($session->query('SELECT count(id) FROM cloud.instances'), $fleet, 'a new mapping');
};

subtest 'a server that is dropped' => sub {
	my $session = $gmf->session;
	my $dropper = $gmf->session;

	$gmf->connect_cloud(server => 'doomed', options => { page_size => 10 });
	$session->query('BEGIN; DECLARE c CURSOR FOR SELECT id FROM doomed.instances; FETCH 1 FROM c;');
	my ($out, $err) = $session->try('SAVEPOINT s; DROP SERVER doomed CASCADE');
	like($err, qr/cannot DROP (FOREIGN )?TABLE "instances" because it is being used by active queries/,
		'not under a cursor of the same session');
	$session->query('ROLLBACK TO s');
	$dropper->send('DROP SERVER doomed CASCADE');
	sleep 0.3;
	ok($dropper->busy, 'another session waits for the cursor');
	is(scalar(split /\n/, $session->query('FETCH ALL FROM c')), $fleet - 1, 'which goes on');
	$session->query('COMMIT');
	($out, $err) = $dropper->wait;
	like($err, qr/drop cascades/, 'then the server is dropped');
	($out, $err) = $session->try('SELECT count(id) FROM doomed.instances');
	like($err, qr/relation "doomed.instances" does not exist/, 'its tables are gone');
	($out, $err) = $session->try("SELECT gaussdb_restart_instance('doomed', 'x')");
	like($err, qr/server "doomed" does not exist/, 'and so is it');
	is($session->query('SELECT count(id) FROM cloud.instances'), $fleet, 'the session goes on');
};

subtest 'each with their own credential' => sub {
	my @mine = ('alice', 'bob', 'carol');

	$gmf->sql(<<'SQL' . join "\n", map { "GRANT USAGE ON SCHEMA ours TO $_;" } @mine);
		CREATE ROLE alice LOGIN; CREATE ROLE bob LOGIN; CREATE ROLE carol LOGIN;
		CREATE SCHEMA ours;
		CREATE FOREIGN TABLE ours.instances (id text, name text) SERVER cloud
			OPTIONS (resource 'gaussdb.instances');
		GRANT SELECT ON ours.instances TO alice, bob, carol;
		GRANT USAGE ON FOREIGN SERVER cloud TO alice, bob;
		GRANT EXECUTE ON FUNCTION gaussdb_rename_instance TO alice, bob;
		GRANT CREATE ON SCHEMA ours TO alice;
SQL
	mapping('alice', \%GmfEmulator::temporary_key);
	mapping('bob', \%GmfEmulator::token);
	$gmf->sql(<<'SQL', user => 'alice');
		CREATE VIEW ours.of_alice AS SELECT id, name FROM ours.instances;
		CREATE VIEW ours.of_caller WITH (security_invoker) AS SELECT id, name FROM ours.instances;
		CREATE FUNCTION ours.as_alice() RETURNS bigint LANGUAGE sql SECURITY DEFINER
			AS 'SELECT count(id) FROM ours.instances';
		CREATE FUNCTION ours.as_caller() RETURNS bigint LANGUAGE sql
			AS 'SELECT count(id) FROM ours.instances';
		CREATE FUNCTION ours.rename(id text, name text) RETURNS text LANGUAGE sql SECURITY DEFINER
			AS $$ SELECT gaussdb_rename_instance('cloud', id, name)::text $$;
		GRANT SELECT ON ours.of_alice, ours.of_caller TO bob, carol;
SQL
	my $id = $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' LIMIT 1");
	my @cases = (
		[ 'alice', 'SELECT count(id) FROM ours.instances', 'temporary key' ],
		[ 'bob', 'SELECT count(id) FROM ours.instances', 'token' ],
		[ 'bob', 'SELECT count(id) FROM ours.of_alice', 'temporary key' ],
		[ 'bob', 'SELECT count(id) FROM ours.of_caller', 'token' ],
		[ 'bob', 'SELECT ours.as_alice()', 'temporary key' ],
		[ 'bob', 'SELECT ours.as_caller()', 'token' ],
		[ 'bob', "SELECT gaussdb_rename_instance('cloud', '$id', 'of-bob')", 'token' ],
		[ 'bob', "SELECT ours.rename('$id', 'of-alice')", 'temporary key' ],
		[ 'carol', 'SELECT count(id) FROM ours.of_alice', 'temporary key' ],
		[ 'carol', 'SELECT ours.as_alice()', 'temporary key' ]);
	my $session = $gmf->session;

	for my $case (@cases)
	{
		my ($user, $sql, $credential) = @$case;

		$gmf->forget;
		$gmf->sql($sql, user => $user);
		is_deeply([ credentials() ], [$credential], "$user: $sql: by $credential");

		# One backend after another user: no session is lent to somebody else.
		$gmf->forget;
		$session->query("SET ROLE $user");
		$session->query($sql);
		$session->query('RESET ROLE');
		is_deeply([ credentials() ], [$credential], '... by SET ROLE too');
	}
	$gmf->forget;
	like($gmf->error('SELECT count(id) FROM ours.instances', user => 'carol'),
		qr/^ERROR:  user mapping not found for (user )?"carol"/, 'carol has no mapping of her own');
	like($gmf->error('SELECT count(id) FROM ours.of_caller', user => 'carol'),
		qr/^ERROR:  user mapping not found for (user )?"carol"/, 'nor has she one in a view of the caller');
	is_deeply([ $gmf->asked ], [], 'nothing was asked for her');

	# The mapping of PUBLIC is for who has none.
	mapping('PUBLIC', \%GmfEmulator::read_only_key);
	$gmf->forget;
	$gmf->sql('SELECT count(id) FROM ours.instances', user => 'carol');
	is_deeply([ credentials() ], ['key'], 'carol by the mapping of PUBLIC');
	$gmf->forget;
	$gmf->sql('SELECT count(id) FROM ours.instances', user => 'bob');
	is_deeply([ credentials() ], ['token'], 'bob by his own');
};

subtest 'the progress of others' => sub {
	my $session = $gmf->session;
	my $look = 'SELECT count(*) FROM gaussdb_mgmt_progress() WHERE table_name IS NOT NULL OR server IS NOT NULL '
		. 'OR requests IS NOT NULL';

	$gmf->fault({ match => {}, effect => { delay_ms => 3_000 } });
	$session->send('SELECT count(id) FROM cloud.instances');
	$gmf->wait_until("($look) = 1");
	is($gmf->sql($look, user => 'bob'), 0, 'is not told to other users');
	$gmf->sql('GRANT pg_read_all_stats TO bob');
	is($gmf->sql($look, user => 'bob'), 1, 'but to those who may read all statistics');
	$gmf->sql('SELECT pg_cancel_backend(' . $session->backend . ')');
	$session->wait;
	$gmf->no_faults;
	# The emulator does not notice that nobody waits any more.
	sleep 0.1 while $emulator->stats->{in_flight};
};

subtest 'two servers in one query' => sub {
	my $session = $gmf->session;

	$gmf->connect_cloud(server => 'east', region => 'cn-east-3', mapping => \%GmfEmulator::token);
	$gmf->forget;
	is($session->query('SELECT (SELECT count(id) FROM cloud.instances), count(id) FROM east.instances '
		. 'WHERE id NOT IN (SELECT id FROM cloud.instances)'), "$fleet|$fleet", 'different rows');
	my %by;

	$by{ $_->{path} =~ m,/([0-9a-f]{32})/, ? $1 : '?' }{ credential_of($_) }++ for $gmf->requests;
	is_deeply({ map { $_ => join ' ', keys %{ $by{$_} } } keys %by },
		{ $GmfEmulator::project{'cn-north-4'} => 'key', $GmfEmulator::project{'cn-east-3'} => 'token' },
		'each project by the credential of its server');
};

subtest 'a token from IAM' => sub {
	my $session = $gmf->session;

	$gmf->connect_cloud(server => 'by_password', mapping => \%GmfEmulator::password,
		options => { page_size => 2, max_connections => 8 });
	$gmf->forget;
	$gmf->config(latency_ms => 20);
	is($session->query('SELECT count(id) FROM by_password.instances'), $fleet, 'a scan by a token');
	is(tokens(), 1, 'which was asked for once');
	$session->query('SELECT count(id) FROM by_password.backups');
	is(tokens(), 1, 'for the session, not for the query');

	$session->query('BEGIN; DECLARE c CURSOR FOR SELECT id FROM by_password.instances; FETCH 1 FROM c;');
	$gmf->forget;
	$emulator->admin('POST', 'revoke-tokens', {});
	my @rows = split /\n/, $session->query('FETCH ALL FROM c');
	my %rows = map { $_ => 1 } @rows;
	is(scalar(keys %rows), $fleet - 1, 'a token revoked in mid-scan: no row is lost or doubled');
	is(tokens(), 1, 'renewed once, for all that were in flight');
	cmp_ok(scalar(grep { ($_->{status} // 0) == 401 } $gmf->requests), '>', 1, 'of which several were refused');
	$session->query('COMMIT');

	$gmf->config(token_seconds => 1, latency_ms => 50);
	$emulator->admin('POST', 'revoke-tokens', {});
	$gmf->sql("ALTER SERVER by_password OPTIONS (SET page_size '1', SET max_connections '2')");
	$gmf->forget;
	is($session->query('SELECT count(DISTINCT id) FROM by_password.instances'), $fleet,
		'tokens that expire in mid-scan');
	my $renewals = tokens();
	cmp_ok($renewals, '>=', 2, "renewed $renewals times");
	cmp_ok($renewals, '<=', 5, 'but not for each request');
	$gmf->config(token_seconds => 86400, latency_ms => 0);

	$emulator->admin('POST', 'revoke-tokens', {});
	$gmf->fault({ match => { path_regex => 'auth/tokens' }, effect => { status => 503 } });
	$gmf->sql("ALTER SERVER by_password OPTIONS (ADD max_retries '0')");
	my ($out, $err) = $session->try('SELECT count(id) FROM by_password.instances');
	like($err, qr/^ERROR:  .*"POST \/v3\/auth\/tokens"/, 'IAM is down');
	$gmf->no_faults;
	is($session->query('SELECT count(id) FROM by_password.instances'), $fleet, 'IAM is up again');

	$gmf->sql("ALTER USER MAPPING FOR CURRENT_USER SERVER by_password OPTIONS (SET password 'wrong')");
	$gmf->forget;
	($out, $err) = $session->try('SELECT count(id) FROM by_password.instances');
	like($err, qr/^ERROR:  .* did not accept the credential for "POST \/v3\/auth\/tokens"/m,
		'a wrong password is refused');
	is(tokens(), 1, 'and not tried again');
};

subtest 'a token that was given' => sub {
	$gmf->connect_cloud(server => 'by_token', mapping => { token => 'no-such-token' });
	$gmf->forget;
	like($gmf->error('SELECT count(id) FROM by_token.instances'),
		qr/^ERROR:  GaussDB did not accept the credential for "GET .*decrypt token fail/, 'is refused');
	is(scalar $gmf->requests, 1, 'and not tried again: there is nothing to renew it with');
};

subtest 'the project by its name' => sub {
	my $session = $gmf->session;

	for my $case ([ by_name => { project_name => 'cn-north-4' } ], [ by_region => {} ])
	{
		my ($server, $options) = @$case;

		$gmf->connect_cloud(server => $server,
			options => { project_id => undef, page_size => 10, %$options });
		$gmf->forget;
		$session->query("SELECT count(value) FROM $server.parameters WHERE instance_id = ANY "
			. "(ARRAY(SELECT id FROM cloud.instances LIMIT 10))");
		$session->query("SELECT count(id) FROM $server.instances");
		$session->query("SELECT count(id) FROM $server.backups");
		is(scalar(grep { $_->{path} eq '/v3/projects' } $gmf->requests), 1, "$server: resolved once");
		is_deeply([ grep { !m,/\{project_id\}/|/v3/projects, } $gmf->asked ], [], '... for all requests');
	}
	$gmf->connect_cloud(server => 'nowhere', options => { project_id => undef, project_name => 'nowhere' });
	like($gmf->error('SELECT count(id) FROM nowhere.instances'),
		qr/^ERROR:  .*no project named "nowhere"/, 'a project that there is not');
};

subtest 'max_connections' => sub {
	$gmf->config(latency_ms => 50);
	for my $most (1, 3, 8, 20)
	{
		$gmf->sql("ALTER SERVER cloud OPTIONS (ADD max_connections '$most')");
		my $session = $gmf->session;

		$session->query('SELECT count(id) FROM cloud.instances');
		$gmf->forget;
		$session->query('SELECT count(value) FROM cloud.parameters WHERE instance_id = ANY '
			. '(ARRAY(SELECT id FROM cloud.instances LIMIT 40))');
		is($emulator->stats->{peak_in_flight}, $most, "$most requests in flight, and never more");
		cmp_ok($emulator->connections, '<=', $most, '... by no more connections');
		$session->quit;
		$gmf->sql('ALTER SERVER cloud OPTIONS (DROP max_connections)');
	}
	$gmf->config(latency_ms => 0);
};

subtest 'requests_per_second' => sub {
	my $rate = 20;

	$gmf->sql("ALTER SERVER cloud OPTIONS (ADD requests_per_second '$rate')");
	my $session = $gmf->session;
	$gmf->forget;
	# 6 pages and 60 instances, in two statements of one session.
	$session->query('SELECT count(value) FROM cloud.parameters');
	my @times = sort { $a <=> $b } map { $_->{t_start} } $gmf->requests;
	my $most = 0;

	for my $begin (@times)
	{
		$most = max($most, scalar grep { $_ >= $begin && $_ < $begin + 1 } @times);
	}
	cmp_ok(scalar @times, '>=', $fleet, scalar(@times) . ' requests');
	cmp_ok($most, '<=', $rate, "at most $rate in any second: $most");
	cmp_ok($times[-1] - $times[0], '<', @times / $rate + 1, 'and not much slower than that');
	$gmf->sql('ALTER SERVER cloud OPTIONS (DROP requests_per_second)');
};

done_testing;

# -----------------------------------------------------------------------------------

# Connections that are among the later requests only.
sub opened
{
	my ($earlier, $later) = @_;
	my %known = map { $_->{connection} => 1 } @$earlier;
	my %new = map { $_->{connection} => 1 } grep { !$known{ $_->{connection} } } @$later;

	return sort keys %new;
}

sub languages
{
	my %seen = map { ($_->{headers}{'x-language'} // 'none') => 1 } $gmf->requests;
	return sort keys %seen;
}

# What the requests came with, each kind once.
sub credentials
{
	my %seen = map { credential_of($_) => 1 } $gmf->requests;
	return sort keys %seen;
}

sub credential_of
{
	my ($request) = @_;
	my $headers = $request->{headers};

	return $headers->{has_security_token} ? 'temporary key'
		: $headers->{signed} ? 'key'
		: $headers->{has_token} ? 'token' : 'none';
}

sub tokens
{
	return scalar grep { $_->{path} eq '/v3/auth/tokens' } $gmf->requests;
}

sub mapping
{
	my ($user, $options) = @_;
	$gmf->sql("CREATE USER MAPPING FOR $user SERVER cloud " . GmfTest::option_list($options));
}
