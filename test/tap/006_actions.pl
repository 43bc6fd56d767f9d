# 006_actions.pl
#	Actions under faults: wherever the connection breaks, the cloud carries an action out once
#	at most, and the caller is told what became of it: not sent, refused, accepted, or unknown.
#
# The manual has the same table.
use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep time);

use GmfTest;
use GmfRawServer;

my $fleet = 150;
my $gmf = GmfTest->new(emulator => [ '--fleet', $fleet, '--job-seconds', 0 ],
	conf => "gaussdb_mgmt_fdw.log_actions = on\nlog_min_messages = warning\n");
my $emulator = $gmf->emulator;

$gmf->connect_cloud(options => { request_timeout => 1, max_retries => 3 });
$gmf->connect_cloud(server => 'by_password', services => [], mapping => \%GmfEmulator::password,
	options => { request_timeout => 1 });
my @instances = split /\n/, $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' ORDER BY id");
my $session = $gmf->session;
$session->query('\set VERBOSITY verbose');

# One of each method; "before" prepares what the action is about.
my @actions = (
	{ operation => 'CreateManualBackup', method => 'POST',
		sql => sub { "SELECT job_id FROM gaussdb_create_backup('cloud', '$_[0]', 'by-hand')" } },
	{ operation => 'UpdateInstanceName', method => 'PUT',
		sql => sub { "SELECT gaussdb_rename_instance('cloud', '$_[0]', 'renamed')" } },
	{ operation => 'DeleteManualBackup', method => 'DELETE',
		before => sub { $gmf->sql("SELECT backup_id FROM gaussdb_create_backup('cloud', '$_[0]', 'doomed')") },
		sql => sub { "SELECT backup_id FROM gaussdb_delete_backup('cloud', '$_[1]')" } },
);

my $unknown = qr/HINT:  The action may have been carried out\. Look before you repeat it\./;

# Where it breaks: name, effect, how often it is carried out, SQLSTATE, what is told, and whether it is told
# that it may have been carried out.
my @break_points = (
	[ 'closed when it has arrived', { close => 'before' }, 0, '08006', qr/broke before an answer came/, 1 ],
	[ 'reset when it has arrived', { close => 'reset' }, 0, '08006', qr/broke before an answer came/, 1 ],
	[ 'closed when it is carried out', { close => 'after' }, 1, '08006', qr/broke before an answer came/, 1 ],
	[ 'closed within the head of the answer', { close => 'headers' }, 1, '08006', qr/broke/, 1 ],
	[ 'closed within the body of the answer', { close => 'body', after_bytes => 5 }, 1, '08006', qr/broke within the answer/, 1 ],
	[ 'reset within the body of the answer', { close => 'body', after_bytes => 5, reset => \1 }, 1, '08006',
		qr/broke within the answer/, 1 ],
	[ 'no answer', { hang => \1, perform => \1 }, 1, 'HV00N', qr/did not answer in time/, 1 ],
	[ 'an answer that drips', { drip => 5 }, 1, 'HV00N', qr/no complete answer/, 1 ],
	[ 'an answer that is too large', { big => 200_000_000, perform => \1 }, 1, '54000', qr/too large an answer/, 1 ],
	[ 'an answer that is no JSON', { garbage => \1 }, 1, 'HV004', 
		qr/not valid JSON.*which was accepted with HTTP status 20\d/s, 0 ],
	[ 'an answer that is cut off, of the right length', { truncate => 7 }, 1, 'HV004', 
		qr/not valid JSON.*which was accepted with HTTP status 20\d/s, 0 ],
	[ 'a gateway that lost the answer: 502', { status => 502, perform => \1 }, 1, '08006', qr/HTTP 502/, 1 ],
	[ 'a gateway that waited for too long: 504', { status => 504, perform => \1 }, 1, '08006', qr/HTTP 504/, 1 ],
	[ 'refused: 400', { status => 400 }, 0, 'HV000', qr/HTTP 400/, 0 ],
	[ 'refused: 401', { unauthorized => \1 }, 0, '28000', qr/HTTP 401/, 0 ],
	[ 'refused: 403', { status => 403 }, 0, '42501', qr/HTTP 403/, 0 ],
	[ 'refused: 409', { status => 409 }, 0, '55006', qr/HTTP 409/, 0 ],
	[ 'too many: 429', { status => 429 }, 0, '53400', qr/HTTP 429/, 0 ],
	[ 'failed: 500', { status => 500 }, 0, '08006', qr/HTTP 500/, 0 ],
	[ 'busy: 503', { status => 503, headers => { 'Retry-After' => '1' } }, 0, '08006', qr/HTTP 503/, 0 ],
	[ 'a redirection', { redirect => $emulator->url . '/v3/elsewhere', status => 307 }, 0, 'HV00K',
		qr/redirected/, 0 ],
);

for my $action (@actions)
{
	for my $point (@break_points)
	{
		my ($name, $effect, $performed, $state, $message, $maybe) = @$point;

		subtest "$action->{method}, $name" => sub {
			my ($out, $err) = broken($action, $effect);

			is($out, '', 'it gives nothing');
			like($err, qr/^ERROR:  $state: /m, "SQLSTATE $state");
			like($err, $message, 'the message');
			$maybe ? like($err, $unknown, 'it may have been carried out') : unlike($err, $unknown, 'it was not');
			once($action, $performed);
		};
	}
}

subtest 'the answer is what is returned' => sub {
	for my $action (@actions)
	{
		my ($out, $err) = broken($action, undef);

		is($err, '', "$action->{operation} is accepted");
		like($out, qr/^[0-9a-z-]{32,}$/, '... and returns an id');
		once($action, 1);
	}
};

subtest 'not sent' => sub {
	$gmf->connect_cloud(server => 'closed', services => [],
		options => { endpoint => 'http://127.0.0.1:1', max_retries => 2 });
	my ($out, $err) = $session->try("SELECT gaussdb_rename_instance('closed', '$instances[0]', 'x-name')");
	like($err, qr/^ERROR:  08001: GaussDB could not be reached/m, 'nobody is there');
	like($err, qr/3 attempts/, 'tried again: it was never sent');
	unlike($err, $unknown, 'and was certainly not carried out');

	# Somebody who takes the connection and goes away, without reading.
	my $raw = GmfRawServer->new('*' => sub { GmfRawServer::reset_connection($_[0]) });
	$gmf->connect_cloud(server => 'rude', services => [], options => { endpoint => $raw->url, max_retries => 2 });
	($out, $err) = $session->try("SELECT gaussdb_rename_instance('rude', '$instances[0]', 'x-name')");
	like($err, $unknown, 'what was begun to be sent may have been read');
	is(scalar(my @lines = $raw->taken), 1, 'and is not sent again');
};

subtest 'a query that is stopped' => sub {
	my $killer = $gmf->session;
	my $call = "SELECT gaussdb_rename_instance('cloud', '$instances[0]', 'slowly')";

	for my $way ('timeout', 'cancel', 'terminate')
	{
		my $victim = $gmf->session;
		my $position = $gmf->log_position;

		$gmf->forget;
		$gmf->fault({ match => { method => 'PUT' }, effect => { hang => \1, perform => \1 } });
		$victim->query("SET statement_timeout = '300ms'") if $way eq 'timeout';
		$victim->send($call);
		sleep 0.3;
		$killer->query('SELECT pg_cancel_backend(' . $victim->backend . ')') if $way eq 'cancel';
		$killer->query('SELECT pg_terminate_backend(' . $victim->backend . ')') if $way eq 'terminate';
		my ($out, $err) = $victim->wait;
		like($err, qr/cancel|terminating/, "$way: it is stopped");
		like($err . $gmf->log_text($position), qr/sent and may be carried out all the same/,
			'... and says that the action was sent');
		is($gmf->performed->{UpdateInstanceName}, 1, '... once');
		$victim->quit;
	}
	$gmf->no_faults;

	# Before it is sent there is nothing to say.
	$gmf->sql("ALTER SERVER by_password OPTIONS (SET request_timeout '10')");
	$gmf->fault({ match => { path_regex => 'auth/tokens' }, effect => { hang => \1 } });
	$gmf->forget;
	my $victim = $gmf->session;
	my ($out, $err) = $victim->try("SET statement_timeout = '300ms'; "
		. "SELECT gaussdb_rename_instance('by_password', '$instances[0]', 'slowly')");
	like($err, qr/statement timeout/, 'stopped while it waits for a token');
	unlike($err, qr/may be carried out/, '... of an action that was not sent');
	is($gmf->performed->{UpdateInstanceName}, undef, '... and was not carried out');
	$gmf->no_faults;
};

subtest 'several in one query' => sub {
	$gmf->fault({ match => { method => 'PUT', skip => 2 }, effect => { status => 503 } });
	$gmf->forget;
	my ($out, $err) = $session->try("SELECT gaussdb_rename_instance('cloud', id, 'number-' || n) FROM "
		. "unnest(ARRAY['" . join("', '", @instances[ 0 .. 4 ]) . "']) WITH ORDINALITY i (id, n)");
	like($err, qr/HTTP 503/, 'the third fails');
	is($gmf->performed->{UpdateInstanceName}, 2, 'those before it were carried out');
	is(scalar(grep { $_->{method} eq 'PUT' } $gmf->requests), 3, 'those after it were not sent');
	$gmf->no_faults;

	$gmf->forget;
	is($session->query("SELECT count(r) FROM (SELECT i, (SELECT gaussdb_rename_instance('cloud', "
		. "'$instances[0]', 'loop-' || i)) AS r FROM generate_series(1, 7) i OFFSET 0) s"), 7, 'for each row');
	is($gmf->performed->{UpdateInstanceName}, 7, 'once');
	$gmf->forget;
	$session->query("EXPLAIN SELECT gaussdb_rename_instance('cloud', '$instances[0]', 'explained')");
	is(scalar $gmf->requests, 0, 'EXPLAIN carries nothing out');
};

subtest 'a token that has run out' => sub {
	my $call = "SELECT gaussdb_rename_instance('by_password', '$instances[0]', 'by-token') IS NOT NULL";

	$gmf->forget;
	is($session->query($call), 't', 'an action by a token of IAM');
	$emulator->admin('POST', 'revoke-tokens', {});
	my ($out, $err) = $session->try($call);
	like($err, qr/HTTP 401/, 'is refused when the token is') if $err ne '';
	is($session->query($call), 't', 'and works with a new one');
	is($gmf->performed->{UpdateInstanceName}, $err eq '' ? 3 : 2, 'none of them was carried out twice');
};

subtest 'a connection that was kept' => sub {
	my $call = "SELECT gaussdb_rename_instance('cloud', '$instances[0]', 'kept') IS NOT NULL";

	$session->query('SELECT count(id) FROM cloud.instances');
	$emulator->restart;
	is($session->query($call), 't', 'has been closed: the action goes by a new one');
	is($gmf->performed->{UpdateInstanceName}, 1, 'once');
};

subtest 'dry_run' => sub {
	$gmf->forget;
	for my $action (@actions)
	{
		my ($out, $err) = $session->try('SET gaussdb_mgmt_fdw.dry_run = on; '
			. $action->{sql}->($instances[0], 'x' x 32) . '; RESET gaussdb_mgmt_fdw.dry_run');
		like($err, qr/dry run: nothing was sent.*$action->{method} /s, "$action->{operation} is told");
	}
	is(scalar $gmf->requests, 0, 'nothing was sent');
};

subtest 'the log' => sub {
	my $position = $gmf->log_position;

	broken($actions[1], undef);
	broken($actions[1], { status => 403 });
	broken($actions[1], { close => 'after' });
	my @lines = $gmf->log_text($position) =~ /LOG:  (?:\w+: )?(action .*)/g;
	my $target = qr,PUT /v3/\{project_id\}/instances/\w+/name,;
	my $who = qr/action gaussdb_rename_instance by "\w+" on server "cloud", target $target/;

	is(scalar @lines, 6, 'two lines for each action');
	like($_, qr/^$who: is sent$/, 'the first one before it is sent') for @lines[ 0, 2, 4 ];
	@lines = @lines[ 1, 3, 5 ];
	like($lines[0], qr/^$who: accepted/, 'accepted');
	like($lines[1], qr/^$who: refused/, 'refused');
	like($lines[2], qr/^$who: unknown, may have been carried out/, 'unknown');
};

subtest 'rollback' => sub {
	my $call = "SELECT gaussdb_rename_instance('cloud', '$instances[0]', 'rolled-back') IS NOT NULL";

	$gmf->forget;
	my ($out, $err) = $session->try("BEGIN; $call; ROLLBACK");
	is($gmf->performed->{UpdateInstanceName}, 1, 'what is done in the cloud is done');
	is($gmf->sql("SELECT name FROM cloud.instances WHERE id = '$instances[0]'"), 'rolled-back', 'and stays so');
	like($err, qr/^WARNING: .*gaussdb_rename_instance on server "cloud" .* is not undone/m,
		'the session says so');
	is(scalar(() = $err =~ /WARNING/g), 1, '... once');
	($out, $err) = $session->try("BEGIN; SAVEPOINT s; $call; ROLLBACK TO s; COMMIT");
	like($err, qr/^WARNING: .*not undone/m, 'also when a savepoint is rolled back to');
	is(scalar(() = $err =~ /WARNING/g), 1, '... once');
	($out, $err) = $session->try("BEGIN; SAVEPOINT s; $call; RELEASE s; ROLLBACK");
	is(scalar(() = $err =~ /^WARNING: .*not undone/mg), 1, '... when what was released is rolled back');
	($out, $err) = $session->try("SELECT $1, 1 / (r::int - 1) FROM (SELECT $1 AS r OFFSET 0) s")
		if $call =~ /SELECT (.*)/;
	is(scalar(() = $err =~ /^WARNING: .*not undone/mg), 2, '... and when an error does it, for each');
	($out, $err) = $session->try("DO \$\$ BEGIN PERFORM gaussdb_rename_instance('cloud', "
		. "'$instances[0]', 'in-block'); RAISE 'no'; EXCEPTION WHEN OTHERS THEN NULL; END \$\$");
	like($err, qr/^WARNING: .*not undone/m, '... and when the error is caught');
	($out, $err) = $session->try("BEGIN; $call; COMMIT");
	is($err, '', 'there is nothing to say at COMMIT');
};

done_testing;

# -----------------------------------------------------------------------------------------

# (stdout, stderr) of an action whose request meets the effect; undef: none
sub broken
{
	my ($action, $effect) = @_;
	# Another one each time: nothing is to be refused because of what was done before.
	my $instance = pop @instances;
	my $prepared = $action->{before} ? $action->{before}->($instance) : undef;
	my $match = { method => $action->{method} };

	$gmf->forget;
	$gmf->fault({ match => $match, effect => $effect }) if defined $effect;
	my @told = $session->try($action->{sql}->($instance, $prepared));
	$gmf->no_faults;
	return @told;
}

# It was sent once, and carried out as often as it should be; the session goes on.
sub once
{
	my ($action, $performed) = @_;

	is(scalar(grep { $_->{method} eq $action->{method} } $gmf->requests), 1, 'it is sent once');
	is($gmf->performed->{ $action->{operation} } // 0, $performed, "it is carried out $performed times");
	is($session->query('SELECT count(id) FROM cloud.instances'), $fleet, 'the session goes on');
}
