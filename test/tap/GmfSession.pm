# GmfSession.pm
#	A psql session in the background: to start a query, do something, and look at
#	how the query ended.
#
#	my $session = $gmf->session;
#	$session->query('SELECT 1');			# "1"; dies on an error
#	$session->send('SELECT * FROM slow');	# returns at once
#	$gmf->sql('SELECT pg_cancel_backend(' . $session->backend . ')');
#	my ($out, $err) = $session->wait;		# what it printed
package GmfSession;

use strict;
use warnings;

use Carp;
use IPC::Run;
use Time::HiRes qw(sleep time);

# new($psql, $connection_string, $seconds): $seconds is the longest that a query may take
sub new
{
	my ($class, $psql, $connection, $seconds) = @_;
	my $self = bless {
		stdin => '',
		stdout => '',
		stderr => '',
		number => 0,
		sent => 0,
		timer => IPC::Run::timeout($seconds // 180),
	}, $class;

	$self->{run} = IPC::Run::start(
		[ $psql, '-XAtq', '-d', $connection, '-v', 'ON_ERROR_STOP=0', '-f', '-' ],
		'<', \$self->{stdin}, '>', \$self->{stdout}, '2>', \$self->{stderr}, $self->{timer});
	$self->{backend} = $self->query('SELECT pg_backend_pid()');
	return $self;
}

# The process id of its server process.
sub backend { return $_[0]->{backend} }

# Starts SQL; wait() ends what send() begins.
sub send
{
	my ($self, $sql) = @_;
	my $mark = 'end of query ' . ++$self->{number};

	croak 'the last query has not been waited for' if defined $self->{mark};
	$self->{mark} = $mark;
	$self->{timer}->start;
	$self->{stdin} .= "$sql\n;\n\\echo '$mark'\n\\warn '$mark'\n";
	$self->{sent} = time;
	# psql must have it before the caller goes on.
	while (length $self->{stdin} && $self->{run}->pumpable)
	{
		$self->{run}->pump_nb;
		sleep 0.001;
	}
	return;
}

# (stdout, stderr) of what send() started; the second is '' where all went well.
sub wait
{
	my ($self) = @_;
	my $mark = quotemeta $self->{mark};

	# It is the last line of both; looking through all of a large result again and again takes long.
	while (substr($self->{stdout}, -200) !~ /^$mark$/m || substr($self->{stderr}, -200) !~ /$mark$/m)
	{
		if (!$self->{run}->pumpable)
		{
			# psql is gone; so may be the server process.
			last;
		}
		$self->{run}->pump;
	}
	$self->{seconds} = time - $self->{sent};
	my ($out, $err) = ($self->{stdout}, $self->{stderr});

	s/\n?^?$mark\n?//m for $out, $err;
	s/^psql:<stdin>:\d+: //gm, s/\A\n//, s/\n\z// for $err;
	$self->{stdout} = $self->{stderr} = '';
	delete $self->{mark};
	return ($out, $err);
}

# Seconds from send() to the end of the last query.
sub seconds { return $_[0]->{seconds} }

# Is something sent and not yet done?
sub busy
{
	my ($self) = @_;
	return 0 unless defined $self->{mark};
	$self->{run}->pump_nb if $self->{run}->pumpable;
	return index($self->{stdout}, $self->{mark}) < 0;
}

# (stdout, stderr), also of an error
sub try
{
	my ($self, $sql) = @_;
	$self->send($sql);
	return $self->wait;
}

# stdout; dies with the message on an error (not on a NOTICE or WARNING)
sub query
{
	my ($self, $sql) = @_;
	my ($out, $err) = $self->try($sql);
	croak "$sql: $err" if $err =~ /^(ERROR|FATAL|PANIC):/m || !$self->{run}->pumpable;
	return $out;
}

sub quit
{
	my ($self) = @_;
	return unless $self->{run};
	local $?;
	$self->{stdin} .= "\\q\n";
	eval { $self->{run}->finish; 1 } or eval { $self->{run}->kill_kill };
	delete $self->{run};
	return;
}

sub DESTROY
{
	my ($self) = @_;
	$self->quit;
	return;
}

1;
