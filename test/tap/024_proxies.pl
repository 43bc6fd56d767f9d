# 024_proxies.pl
#	Proxies with a password and with a certificate, TLS that cannot come about, and what leaves the
#	database server: nothing is tried again that cannot pass, and no action is in doubt that never left.
use strict;
use warnings;

use File::Temp qw(tempdir);
use IPC::Run ();
use Test::More;

use GmfTest;

my $directory = tempdir(CLEANUP => 1);
my @peers;

certificate('right', 'IP:127.0.0.1');
certificate('other', 'DNS:other.example.com');

# The backends that this cluster starts have it in their environment.
$ENV{SSLKEYLOGFILE} = "$directory/keys";
my $gmf = GmfTest->new(emulator => [ '--fleet', 5, '--job-seconds', 0, '--tls-cert', "$directory/right.pem",
	'--tls-key', "$directory/right.pem" ]);
my $cloud = $gmf->emulator;

$gmf->connect_cloud(options => { ca_file => "$directory/right.pem", max_retries => 3 }, mapping => \%GmfEmulator::token);

my $read = 'SELECT count(id) FROM cloud.instances';
my $instance = $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' LIMIT 1");
my $restart = "SELECT gaussdb_restart_instance('cloud', '$instance') IS NOT NULL";

subtest 'keys of TLS are not written down' => sub {
	is($gmf->sql($read), 5, 'a query');
	is(-s "$directory/keys" || 0, 0, 'leaves no keys in SSLKEYLOGFILE');
};

subtest 'options' => sub {
	for my $case ([ "ADD proxy_user 'u'", qr/lacks the option "proxy_password"/ ],
		[ "ADD proxy_password 'p'", qr/lacks the option "proxy_user"/ ],
		[ "ADD proxy_user 'u:v', ADD proxy_password 'p'", qr/must not contain a colon/ ],
		[ "DROP token, ADD proxy_user 'u', ADD proxy_password 'p'", qr/user mapping has no credential/ ])
	{
		like($gmf->error("ALTER USER MAPPING FOR CURRENT_USER SERVER cloud OPTIONS ($case->[0])"), $case->[1], $case->[0]);
	}
};

for my $certificate (undef, 'right')
{
	my $scheme = defined $certificate ? 'https' : 'http';
	my $proxy = peer('proxy', '--user', 'us er:Proxy-Secret:1', $certificate ? ('--certificate', "$directory/right.pem") : ());

	subtest "a proxy with a password, reached by $scheme" => sub {
		my $port = $cloud->port;

		$gmf->sql("ALTER SERVER cloud OPTIONS (ADD proxy '$scheme://127.0.0.1:$proxy->{port}')");
		for my $sql ($read, $restart)
		{
			my $error = $gmf->error($sql);

			like($error, qr/could not be reached for .*the proxy asks for a credential \(HTTP status 407\): set "proxy_user"/, 'it asks');
			unlike($error, qr/may have been carried out/, '... and nothing is in doubt');
			is_deeply([ told($proxy) ], [ 'connection', "CONNECT 127.0.0.1:$port without credential" ], '... once');
		}
		$gmf->sql("ALTER USER MAPPING FOR CURRENT_USER SERVER cloud OPTIONS (ADD proxy_user 'us er', ADD proxy_password 'Proxy-Secret-2')");
		my $error = $gmf->error($restart);
		like($error, qr/the proxy did not accept "proxy_user"/, 'a wrong one');
		unlike($error, qr/Proxy-Secret/, '... is not shown');
		is(scalar(() = told($proxy)), 2, '... and not tried again');
		$gmf->sql("ALTER USER MAPPING FOR CURRENT_USER SERVER cloud OPTIONS (SET proxy_password 'Proxy-Secret:1')");
		is($gmf->sql($read), 5, 'the right one');
		is($gmf->sql($restart), 't', '... for an action, too');
		is_deeply([ grep { !/^connection$/ && !/^CONNECT 127.0.0.1:$port with credential$/ } told($proxy) ], [],
			'the token of the service is not for the proxy');

		$gmf->sql("ALTER SERVER cloud OPTIONS (ADD gaussdb_endpoint 'https://forbidden.example.com')");
		$error = $gmf->error($restart);
		like($error, qr/the proxy makes no connection to forbidden\.example\.com \(HTTP status 403\)/, 'what it does not permit');
		unlike($error, qr/may have been carried out/, '... was not carried out');
		is(scalar(() = told($proxy)), 2, '... and not tried again');
		unlike($gmf->sql('EXPLAIN (ANALYZE, VERBOSE) SELECT 1') . $gmf->log_text, qr/Proxy-Secret(?!-2'|:1')/, 'nothing in the log');
		$gmf->sql('ALTER USER MAPPING FOR CURRENT_USER SERVER cloud OPTIONS (DROP proxy_user, DROP proxy_password)');
		$gmf->sql('ALTER SERVER cloud OPTIONS (DROP proxy, DROP gaussdb_endpoint)');
	};
}

subtest 'TLS that cannot come about is not tried again' => sub {
	my %servers = (
		'HTTP/2 only' => [ peer('server', '--certificate', "$directory/right.pem", '--alpn', 'h2'), undef ],
		'an old version' => [ openssl_server('-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'), qr/no TLS connection/ ],
		'another host' => [ peer('server', '--certificate', "$directory/other.pem"), qr/identity of .* cannot be verified/ ],
		'a certificate is wanted' => [ openssl_server('-tls1_3', '-Verify', '1'), qr/no TLS connection to .*certificate required/ ],
		'no TLS' => [ peer('server'), qr/no TLS connection/ ]);

	for my $name (sort keys %servers)
	{
		my ($peer, $message) = @{ $servers{$name} };

		$gmf->sql("ALTER SERVER cloud OPTIONS (ADD gaussdb_endpoint 'https://127.0.0.1:$peer->{port}')");
		for my $sql ($read, $restart)
		{
			my ($out, $err) = $gmf->try($sql);

			if (defined $message)
			{
				like($err, qr/^ERROR:  GaussDB was not trusted for .*$message/, "$name: $sql");
				unlike($err, qr/may have been carried out/, '... nothing is in doubt');
			}
			my @told = told($peer);
			is(scalar(grep { /^connection$/ } @told), 1, "$name: one connection");
			# Whatever the other end offers, we speak HTTP/1.1.
			like("@told", qr,/v3[^ ]* HTTP/1\.1$,, "$name: in HTTP/1.1") unless defined $message;
		}
		$gmf->sql('ALTER SERVER cloud OPTIONS (DROP gaussdb_endpoint)');
	}
};

done_testing;

sub certificate
{
	my ($name, $names) = @_;

	PostgreSQL::Test::Utils::run_log([ 'openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj',
		"/CN=$name", '-addext', "subjectAltName=$names", '-keyout', "$directory/$name.key", '-out', "$directory/$name.crt" ])
		or die 'openssl failed';
	PostgreSQL::Test::Utils::append_to_file("$directory/$name.pem",
		PostgreSQL::Test::Utils::slurp_file("$directory/$name.$_")) for qw(key crt);
	return;
}

# A peer.py that runs until the end of the test.
sub peer
{
	my ($kind, @options) = @_;
	my %peer = (log => "$directory/peer" . scalar @peers, input => '', output => '');

	PostgreSQL::Test::Utils::append_to_file($peer{log}, '');
	$peer{process} = IPC::Run::start([ $GmfEmulator::python, "$GmfEmulator::source/test/tap/peer.py", $kind, $peer{log}, @options ],
		'<', \$peer{input}, '>', \$peer{output}, IPC::Run::timeout(180));
	IPC::Run::pump($peer{process}) until $peer{output} =~ /\n/;
	($peer{port}) = $peer{output} =~ /(\d+)/;
	push @peers, \%peer;
	return \%peer;
}

# openssl s_server, which says of each connection that it failed.
sub openssl_server
{
	my (@options) = @_;
	my %peer = (log => "$directory/peer" . scalar @peers, input => '');

	$peer{process} = IPC::Run::start([ 'openssl', 's_server', '-accept', '127.0.0.1:0', '-cert', "$directory/right.pem",
		'-key', "$directory/right.pem", @options ], '<', \$peer{input}, '>', $peer{log}, '2>&1', IPC::Run::timeout(180));
	until (($peer{port}) = PostgreSQL::Test::Utils::slurp_file($peer{log}) =~ /ACCEPT \S*:(\d+)/)
	{
		IPC::Run::pump_nb($peer{process});
		select undef, undef, undef, 0.05;
	}
	push @peers, \%peer;
	return \%peer;
}

# What came since it was asked last.
sub told
{
	my ($peer) = @_;
	my @lines = split /\n/, PostgreSQL::Test::Utils::slurp_file($peer->{log});
	my $seen = $peer->{seen} // 0;

	$peer->{seen} = @lines;
	return map { s/^ERROR$/connection/r } @lines[ $seen .. $#lines ];
}

END
{
	local $?;
	for my $peer (@peers)
	{
		$peer->{process}->kill_kill;
	}
}
