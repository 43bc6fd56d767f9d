# 021_hostile.pl
#	Server owners, proxies and servers that mean harm: nothing goes out in clear, nothing on the database
#	server's own host is reached, and no answer holds a backend or forges a line of its log.
use strict;
use warnings;

use IO::Socket::INET;
use POSIX ();
use Test::More;

use GmfTest;
use GmfRawServer;

my $gmf = GmfTest->new(emulator => [ '--fleet', 3, '--job-seconds', 0 ]);
my $items = GmfRawServer::answer('{"items": [{"id": "a"}]}');

$gmf->sql(<<'SQL');
	CREATE ROLE owner LOGIN; CREATE ROLE victim LOGIN;
	GRANT USAGE ON FOREIGN DATA WRAPPER gaussdb_mgmt_fdw TO owner;
	CREATE SCHEMA o AUTHORIZATION owner; GRANT USAGE ON SCHEMA o TO PUBLIC;
SQL

subtest 'nothing goes to another host in clear' => sub {
	my $clear = qr/^ERROR:  .*http is accepted for loopback addresses only, and not by a proxy on another host/;
	my $create = 'CREATE SERVER mine FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS';
	my $raw = GmfRawServer->new('*' => $items);
	my $proxy = 'http://198.51.100.1:3128';

	for my $options ("endpoint 'http://localhost', proxy '$proxy'", "iam_endpoint 'http://127.0.0.1', proxy '$proxy'",
		"proxy 'https://198.51.100.1', endpoint 'http://[::1]'")
	{
		like($gmf->error("$create ($options)", user => 'owner'), $clear, $options);
	}
	$gmf->sql("$create (endpoint 'http://localhost', region 'r', project_id 'p', max_retries '0')", user => 'owner');
	like($gmf->error("ALTER SERVER mine OPTIONS (ADD proxy '$proxy')", user => 'owner'), $clear, 'also by ALTER');

	# One that was made before this was looked at.
	$gmf->sql("UPDATE pg_foreign_server SET srvoptions = srvoptions || 'proxy=$proxy'::text WHERE srvname = 'mine'; "
		. "CREATE USER MAPPING FOR owner SERVER mine OPTIONS (user_name 'u', password 'PASSWORD', domain_name 'd')");
	$gmf->sql("CREATE FOREIGN TABLE o.t (id text) SERVER mine OPTIONS (service 'x', path '/x', items 'items')", user => 'owner');
	like($gmf->error('SELECT * FROM o.t', user => 'owner'), qr/not by a proxy on another host/, 'nor is it used');
	$gmf->sql('DROP SERVER mine CASCADE');

	$gmf->sql("$create (endpoint 'http://localhost:1', proxy '" . $raw->url . "'); CREATE USER MAPPING FOR CURRENT_USER SERVER mine "
		. "OPTIONS (token 't'); CREATE FOREIGN TABLE o.t (id text) SERVER mine OPTIONS (service 'x', path '/x', items 'items')");
	is($gmf->sql('SELECT id FROM o.t'), 'a', 'a proxy on this host may be used');
	$gmf->sql('DROP SERVER mine CASCADE');
};

subtest 'no address of this host is reached' => sub {
	my @addresses = own_addresses();

	plan skip_all => 'this host has no address but loopback' if !@addresses;
	$gmf->sql("CREATE SERVER mine FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (region 'r', project_id 'p', max_retries '0'); "
		. "CREATE USER MAPPING FOR owner SERVER mine OPTIONS (token 'x'); "
		. "CREATE FOREIGN TABLE o.t (id text) SERVER mine OPTIONS (service 'x', path '/x', items 'items')", user => 'owner');
	for my $address (@addresses)
	{
		my $listener = IO::Socket::INET->new(Listen => 5, LocalAddr => $address) or die "listen: $!";
		my $url = "https://$address:" . $listener->sockport;

		my $add = $gmf->sql("SELECT array_to_string(srvoptions, ' ') LIKE '%endpoint%' FROM pg_foreign_server") eq 't' ? 'SET' : 'ADD';
		$gmf->sql("ALTER SERVER mine OPTIONS ($add endpoint '$url')", user => 'owner');
		like($gmf->error('SELECT * FROM o.t', user => 'owner'), qr/leads to this host or to its link/, $address);
		$listener->blocking(0);
		ok(!$listener->accept, 'nothing was connected');
	}
	$gmf->sql('DROP SERVER mine CASCADE');
};

subtest 'a FIFO holds nobody' => sub {
	my $fifo = $gmf->node->basedir . '/fifo';

	POSIX::mkfifo($fifo, 0600) or die "mkfifo: $!";
	$gmf->connect_cloud;
	for my $sql ("SELECT gaussdb_reset_password('cloud', 'x', 'file:$fifo')", "ALTER SERVER cloud OPTIONS (ADD ca_file '$fifo')",
		"SELECT gaussdb_reset_password('cloud', 'x', 'file:/dev/tty')")
	{
		my ($seconds, $error) = $gmf->timed(sub { $gmf->error($sql, settings => '-c statement_timeout=20s') });

		like($error, qr/is not a file of at most 64 kB|is not a regular file|could not read the file/, $sql);
	}
	is(scalar $gmf->requests, 0, 'nothing was sent');
};

subtest 'heads that are too large' => sub {
	my $line = 'X-Long: ' . 'x' x 200_000 . "\r\n";
	my $raw = GmfRawServer->new(
		line => "HTTP/1.1 200 OK\r\n${line}Content-Length: 2\r\n\r\n{}",
		status => 'HTTP/1.1 200 ' . 'x' x 200_000 . "\r\nContent-Length: 2\r\n\r\n{}",
		many => "HTTP/1.1 200 OK\r\n" . "X-Some: xxxxxxxxxxxxxxxxxxxx\r\n" x 5000 . "Content-Length: 2\r\n\r\n{}",
		hints => "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" x 5000,
		'*' => $items);

	$gmf->sql("CREATE SERVER raw FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url . "', max_retries '0'); "
		. "CREATE USER MAPPING FOR CURRENT_USER SERVER raw OPTIONS (token 't')");
	for my $name (qw(line status many hints))
	{
		my $error = $gmf->error("\\set VERBOSITY verbose\nSELECT status FROM gaussdb_mgmt_request('raw', 'x', 'GET', '/$name/x')");

		like($error, qr/^ERROR:  HV004: .*the headers of the answer are too large/, $name);
	}
	$raw->forget;
	my $error = $gmf->error("\\set VERBOSITY verbose\nSELECT status FROM gaussdb_mgmt_request('raw', 'x', 'GET', '/x', "
		. "jsonb_build_object('k', repeat('v', 1100000)))");
	like($error, qr/^ERROR:  22023: .*the request is too large: its address and headers have 11\d{5} bytes/, 'a request');
	is(scalar(my @taken = $raw->taken), 0, '... is not sent');
	is($gmf->sql("SELECT status FROM gaussdb_mgmt_request('raw', 'x', 'POST', '/x', body => jsonb_build_object('k', repeat('v', 1100000)))"),
		200, 'a large body is none of that');
};

subtest 'texts of the cloud stay texts' => sub {
	my $evil = '\\u001b]0;pwned\\u0007\\u001b[31m\\r\\n2026-11-25 LOG:  forged\\u202e\\u2028\\u0085';
	my $job = GmfRawServer::answer(qq({"job":{"id":"J1","name":"Restart$evil","status":"Failed","progress":"$evil","fail_reason":"x$evil"}}));
	my $raw = GmfRawServer->new(
		port => GmfRawServer::answer(qq({"items": [{"id": "i", "port": "$evil"}]})),
		error => GmfRawServer::answer(qq({"error_code": "X$evil", "error_msg": "bad$evil"}), status => '400 Bad', 'X-Request-Id' => "a\x1b[31mb"),
		iam => GmfRawServer::answer(qq({"projects": [{"name": "r", "id": "$evil"}]})),
		restart => GmfRawServer::answer(qq({"job_id": "J$evil"})),
		'*' => sub { my ($socket, $request) = @_; print $socket $request =~ /^POST/ ? GmfRawServer::answer(qq({"job_id": "J$evil"})) : $job });
	my $position = $gmf->log_position;
	my @shown;

	$gmf->sql("CREATE SERVER evil FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url . "', project_id 'p', max_retries '0'); "
		. "CREATE USER MAPPING FOR CURRENT_USER SERVER evil OPTIONS (token 't')");
	$gmf->sql("CREATE FOREIGN TABLE o.$_ (id text, port $_) SERVER evil OPTIONS (service 'x', path '/port/x', items 'items')")
		for qw(int numeric uuid inet boolean timestamptz interval date);
	$gmf->sql("CREATE DOMAIN o.positive AS int CHECK (value > 0); "
		. "CREATE FOREIGN TABLE o.positives (id text, port o.positive) SERVER evil OPTIONS (service 'x', path '/port/x', items 'items'); "
		. "CREATE FOREIGN TABLE o.error (id text) SERVER evil OPTIONS (service 'x', path '/error/x', items 'items')");
	for my $sql ((map { "SELECT port FROM o.$_" } qw(int numeric uuid inet boolean timestamptz interval date positives)),
		'SELECT * FROM o.error', "SELECT gaussdb_wait_for_job('evil', 'J1')",
		"SET gaussdb_mgmt_fdw.log_actions = on; SELECT gaussdb_restart_instance('evil', repeat('a', 34) || 'in14') IS NULL; SELECT 1/0")
	{
		my $error = $gmf->error($sql);

		unlike($error, qr/[\x00-\x09\x0b-\x1f\x7f]|\xc2\x85|\xe2\x80[\xae\xa8]/, $sql);
		unlike($error, qr/^2026/m, '... begins no line');
		push @shown, $error;
	}
	like($shown[0], qr/the API sent " ?\]0;pwned.*forged/, 'the rest of it is shown');
	my $log = $gmf->log_text($position);
	unlike($log, qr/[\x00-\x08\x0b-\x1f\x7f]/, 'nothing in the log');
	unlike($log, qr/^\s*2026-11-25 LOG:  forged/m, 'nor a line that was forged');
	like($log, qr/action gaussdb_restart_instance .*job J ?\]0;pwned/, 'what was logged is there');
	is($gmf->sql(q(CREATE FOREIGN TABLE o.plain (id text, port text) SERVER evil OPTIONS (service 'x', path '/port/x', items 'items'); )
		. 'SELECT port ~ E\'^\\x1b\' FROM o.plain'), 't', 'a value is as it was sent');
};

done_testing;

# Addresses of interfaces that are up, without loopback.
sub own_addresses
{
	my $text = `ip -o -4 addr show scope global up 2>/dev/null` || '';

	return $text =~ /inet (\d+\.\d+\.\d+\.\d+)/g;
}
