# GmfEmulator.pm
#	An emulator of a test's own, and its admin plane.
#
#	my $emulator = GmfEmulator->start('--fleet', 20, '--latency', 50);
#	$emulator->forget;
#	...
#	is_deeply([$emulator->asked], ['GET /v3/{project_id}/instances?limit=100&offset=0']);
#
# It is stopped when the object goes away, or by stop().  Knows nothing of
# PostgreSQL.
package GmfEmulator;

use strict;
use warnings;

use Carp;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use HTTP::Tiny;
use JSON::PP;
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(sleep time);

# The source tree, which the emulator is run from.
our $source = $ENV{GMF_SOURCE} || abs_path(dirname(__FILE__) . '/../..');
our $python = -x '/usr/bin/python3' ? '/usr/bin/python3' : 'python3';

# What it accepts from the start.
our %access_key = (
	access_key => 'EMULATORACCESSKEY01',
	secret_key => 'emulator-secret-key-0001');
our %temporary_key = (
	access_key => 'EMULATORTEMPKEY0001',
	secret_key => 'emulator-temp-secret-01',
	security_token => 'emulator-security-token');
our %read_only_key = (
	access_key => 'EMULATORREADONLY001',
	secret_key => 'emulator-readonly-sec-01');
our %token = (token => 'emulator-static-token');
our %password = (
	user_name => 'emulator-user',
	password => 'Emulator-Pass-1',
	domain_name => 'emulator-domain');
our %project = (
	'cn-north-4' => '0483b6b16e954cb88930a360d2c4e663',
	'cn-east-3' => '0549b4a43100d4f32f51c01c2fe4acdb',
	'eu-west-0' => '0611f1bd8b00d5d32f17c017f15b599f',
	'ap-southeast-1' => '05e1ab3e5f80d4d52f77c01c8f1b3a5d');

my $json = JSON::PP->new->canonical->utf8->allow_nonref;

# Options are those of the emulator's command line.  Returns when it listens.  It knows two
# services that the extension does not: those of test/contract.
sub start
{
	my ($class, @options) = @_;
	my $directory = tempdir(CLEANUP => 1);
	my $self = bless {
		directory => $directory,
		options => [@options],
		http => HTTP::Tiny->new(timeout => 60, keep_alive => 0, no_proxy => ['127.0.0.1']),
	}, $class;

	$self->_launch(0);
	return $self;
}

sub _launch
{
	my ($self, $port) = @_;
	my $port_file = "$self->{directory}/port";
	my $log = "$self->{directory}/log";
	my $deadline = time + 30;
	my @contracts = map { ('--contract', $_) } glob "$source/test/contract/*.openapi.json";

	unlink $port_file;
	defined(my $pid = fork) or croak "fork: $!";
	if ($pid == 0)
	{
		chdir $source or die "$source: $!";
		open STDIN, '<', '/dev/null';
		open STDOUT, '>>', $log;
		open STDERR, '>&', \*STDOUT;
		$ENV{PYTHONDONTWRITEBYTECODE} = 1;
		exec($python, '-m', 'emulator', '--port', $port, '--port-file', $port_file,
			@contracts, @{ $self->{options} }) or POSIX::_exit(127);
	}
	$self->{pid} = $pid;
	until (-s $port_file)
	{
		croak 'the emulator did not start: ' . _content($log)
			if waitpid($pid, WNOHANG) == $pid || time > $deadline;
		sleep 0.05;
	}
	($self->{port} = _content($port_file)) =~ s/\s+//g;
	return;
}

sub _content
{
	my ($file) = @_;
	open my $handle, '<', $file or return '';
	local $/ = undef;
	return <$handle> // '';
}

# With https when it was started with --tls-cert.
sub url
{
	my ($self) = @_;
	my $scheme = (grep { $_ eq '--tls-cert' } @{ $self->{options} }) ? 'https' : 'http';
	return "$scheme://127.0.0.1:$self->{port}";
}

sub port { return $_[0]->{port} }

sub pid { return $_[0]->{pid} }

sub log_text { return _content("$_[0]->{directory}/log") }

# Nothing listens afterwards, until restart() on the same port.
sub stop
{
	my ($self) = @_;
	my $deadline = time + 5;

	return unless defined $self->{pid};
	# waitpid changes $?, which is the status of the test when this runs at its end.
	local $?;
	kill 'TERM', $self->{pid};
	while (waitpid($self->{pid}, WNOHANG) == 0)
	{
		kill 'KILL', $self->{pid} if time > $deadline;
		sleep 0.02;
	}
	delete $self->{pid};
	return;
}

sub restart
{
	my ($self) = @_;
	$self->stop;
	$self->_launch($self->{port});
	return;
}

sub DESTROY
{
	my ($self) = @_;
	$self->stop;
	return;
}

# --- the admin plane ---------------------------------------------------------------

# admin('POST', 'config', {latency_ms => 100}): the decoded answer
sub admin
{
	my ($self, $method, $path, $body) = @_;
	my $url = $self->url . "/_emulator/$path";
	my $content = defined $body ? $json->encode($body) : undef;
	my $answer = $url =~ /^https/ ? _by_curl($method, $url, $content)
		: $self->_by_http_tiny($method, $url, $content);

	return length $answer ? $json->decode($answer) : undef;
}

sub _by_http_tiny
{
	my ($self, $method, $url, $content) = @_;
	my %options;

	%options = (content => $content, headers => { 'Content-Type' => 'application/json' })
		if defined $content;
	my $answer = $self->{http}->request($method, $url, \%options);
	croak "emulator: $method $url: $answer->{status} $answer->{content}" unless $answer->{success};
	return $answer->{content};
}

# HTTP::Tiny wants a module for https that is not everywhere.
sub _by_curl
{
	my ($method, $url, $content) = @_;
	my @command = ('curl', '-sS', '-k', '--fail-with-body', '--noproxy', '*', '-X', $method);

	push @command, '-H', 'Content-Type: application/json', '--data-binary', $content
		if defined $content;
	open my $pipe, '-|', @command, $url or croak "curl: $!";
	local $/ = undef;
	my $answer = <$pipe> // '';
	close $pipe or croak "emulator: $method $url: $answer";
	return $answer;
}

# The requests received, as hashes: seq, method, path, query, body, status ...
sub requests
{
	my ($self, $since) = @_;
	return @{ $self->admin('GET', 'requests?since=' . ($since // 0)) };
}

# The same as text, sorted; as emu.asked() of test/regress_setup.sql.
sub asked
{
	my ($self) = @_;
	my @asked;

	for my $request ($self->requests)
	{
		my $query = join '&', map { "$_->[0]=$_->[1]" }
			sort { $a->[0] cmp $b->[0] || $a->[1] cmp $b->[1] } @{ $request->{query} };
		(my $path = $request->{path}) =~ s,^(/v[0-9.]+)/[0-9a-f]{32}(?=/|$),$1/{project_id},;
		my $text = "$request->{method} $path";
		my $status = $request->{status} // 'no answer';

		$text .= "?$query" if length $query;
		$text .= ' ' . $json->encode($request->{body}) if defined $request->{body};
		$text .= " -> $status" unless $status =~ /^2/;
		$text .= ' VIOLATES ' . $json->encode($request->{violations})
			if @{ $request->{violations} // [] };
		push @asked, $text;
	}
	return sort { length $a <=> length $b || $a cmp $b } @asked;
}

sub forget { return $_[0]->admin('DELETE', 'requests') }

sub config { my ($self, %settings) = @_; return $self->admin('POST', 'config', \%settings) }

# fault({match => {...}, effect => {...}, count => 1}, ...)
sub fault { my ($self, @rules) = @_; return $self->admin('POST', 'faults', \@rules) }

sub no_faults { return $_[0]->admin('DELETE', 'faults') }

# state('backups', project => ID, instance_id => ...): list of hashes
sub state
{
	my ($self, $collection, %query) = @_;
	my $query = join '&', map { "$_=$query{$_}" } sort keys %query;
	return @{ $self->admin('GET', "state/$collection" . (length $query ? "?$query" : '')) };
}

# How often each operation was carried out: {"CreateManualBackup": 1}
sub performed { return $_[0]->admin('GET', 'stats')->{performed} }

sub stats { return $_[0]->admin('GET', 'stats') }

sub reset { my ($self, %settings) = @_; return $self->admin('POST', 'reset', \%settings) }

# How many connections these requests came by.
sub connections
{
	my ($self, @requests) = @_;
	my %seen = map { $_->{connection} => 1 } @requests ? @requests : $self->requests;
	return scalar keys %seen;
}

1;
