# GmfRawServer.pm
#	A server that answers with bytes to order, also such as no HTTP library would send.
#
#	my $raw = GmfRawServer->new(
#		empty => sub { my ($socket, $request) = @_; print $socket "HTTP/1.1 200 OK\r\n\r\n" },
#		...);
#	$raw->url('empty');			# the endpoint that gets this answer
#	$raw->taken('empty');		# how many requests came for it
#
# Each request has a connection and a process of its own; the connection is closed when the code
# returns.  A request whose path does not begin with a name that is known gets no answer at all.
package GmfRawServer;

use strict;
use warnings;

use Carp;
use File::Temp qw(tempfile);
use IO::Handle;
use IO::Socket::INET;
use POSIX ();
use Socket qw(SOL_SOCKET SO_LINGER inet_aton pack_sockaddr_in);

my @kept;						# sockets of black holes, which must stay open

sub new
{
	my ($class, %answers) = @_;
	my $listener = IO::Socket::INET->new(Listen => 100, LocalAddr => '127.0.0.1', ReuseAddr => 1)
		or croak "listen: $!";
	my (undef, $log) = tempfile(UNLINK => 1);
	my $self = bless { port => $listener->sockport, log => $log, owner => $$ }, $class;

	defined($self->{pid} = fork) or croak "fork: $!";
	if ($self->{pid} == 0)
	{
		$SIG{CHLD} = 'IGNORE';
		$SIG{TERM} = 'DEFAULT';
		_serve($listener, $log, \%answers);
		POSIX::_exit(0);
	}
	close $listener;
	return $self;
}

sub port { return $_[0]->{port} }

sub url
{
	my ($self, $name) = @_;
	return "http://127.0.0.1:$self->{port}" . (defined $name ? "/$name" : '');
}

# Request lines that came for a name, or all of them.
sub taken
{
	my ($self, $name) = @_;

	open my $log, '<', $self->{log} or croak "$self->{log}: $!";
	my @lines = <$log>;
	chomp @lines;
	@lines = grep { m,^\S+ (?:https?://[^/]*)?/\Q$name\E/, } @lines if defined $name;
	return @lines;
}

sub forget
{
	my ($self) = @_;
	truncate $self->{log}, 0;
	return;
}

# A whole answer: HTTP/1.1 with these headers and this body.
sub answer
{
	my ($body, %headers) = @_;
	my $status = delete $headers{status} // '200 OK';

	$headers{'Content-Type'} //= 'application/json';
	$headers{'Content-Length'} //= length $body unless $headers{'Transfer-Encoding'};
	return "HTTP/1.1 $status\r\n"
		. join('', map { defined $headers{$_} ? "$_: $headers{$_}\r\n" : '' } sort keys %headers)
		. "Connection: close\r\n\r\n$body";
}

# The other end gets a reset instead of an end of file.
sub reset_connection
{
	my ($socket) = @_;

	$socket->flush;
	select undef, undef, undef, 0.05;	# what was written is to arrive before
	setsockopt $socket, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0);
	return;
}

# A port that takes no connection and refuses none: the queue of the one who listens there is full.
sub black_hole
{
	my $listener = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1') or croak "listen: $!";
	my $address = pack_sockaddr_in($listener->sockport, inet_aton('127.0.0.1'));

	for (1 .. 8)
	{
		my $filler = IO::Socket::INET->new(Proto => 'tcp') or croak "socket: $!";

		$filler->blocking(0);
		connect $filler, $address;
		push @kept, $filler;
	}
	push @kept, $listener;
	select undef, undef, undef, 0.2;
	return $listener->sockport;
}

sub DESTROY
{
	my ($self) = @_;
	return if $self->{owner} != $$ || !$self->{pid};
	local $?;
	kill 'TERM', $self->{pid};
	waitpid $self->{pid}, 0;
	return;
}

sub _serve
{
	my ($listener, $log, $answers) = @_;

	while (1)
	{
		my $socket = $listener->accept or next;
		my $pid = fork;

		if (defined $pid && $pid == 0)
		{
			close $listener;
			$SIG{PIPE} = 'IGNORE';
			alarm 60;
			_answer($socket, $log, $answers);
			close $socket;
			POSIX::_exit(0);
		}
		close $socket;
	}
}

sub _answer
{
	my ($socket, $log, $answers) = @_;
	my $request = '';

	binmode $socket;
	until ($request =~ /\r\n\r\n/)
	{
		last unless sysread $socket, $request, 4096, length $request;
	}
	my ($line) = $request =~ /^([^\r\n]*)/;

	return if $line eq '';
	open my $handle, '>>', $log;
	syswrite $handle, "$line\n";
	my ($name) = $line =~ m,^\S+ (?:https?://[^/]*)?/([^/]+)/,;
	my $code = defined $name ? $answers->{$name} // $answers->{'*'} : $answers->{'*'};

	if (ref $code)
	{
		$code->($socket, $request);
	}
	elsif (defined $code)
	{
		print $socket $code;
	}
	$socket->flush;
	return;
}

1;
