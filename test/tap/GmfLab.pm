# GmfLab.pm
#	A small service whose every rule is known: what own tables are tried on.
#
#	my $lab = GmfLab->new(groups => [...]);
#	$lab->url;				# the endpoint
#	$lab->things;			# the truth, as a list of hashes; members() likewise
#
# GET /lab/v1/{project_id}/things lists what there is, filtered by
#
#	id				what equals it, or for *v what contains v
#	name			what contains it
#	name_prefix		what begins with it
#	kind			what equals it, without regard to case
#	number, big, flag, secret		what equals it; no thing shows its secret
#	created			what was created in that very second
#	day				what was created on that day
#	since, until	what was created then or later, then or earlier
#	since_day, until_day			the same, for the midnight with which a day begins
#	millis_since, millis_until		what was updated then or later (milliseconds since 1970)
#
# in pages: limit with offset (records, from 0), page (from 1) or marker (an id).
# GET /lab/v1/{project_id}/groups/{group}/members lists the members of a group; one that does not
# exist is answered with 404.
package GmfLab;

use strict;
use warnings;

use Carp;
use IO::Handle;
use IO::Socket::INET;
use JSON::PP;
use POSIX qw(strftime);
use Socket qw(IPPROTO_TCP TCP_NODELAY);
use Time::Local qw(timegm);

my $json = JSON::PP->new->canonical->utf8;

sub new
{
	my ($class, %options) = @_;
	my $listener = IO::Socket::INET->new(Listen => 100, LocalAddr => '127.0.0.1', ReuseAddr => 1)
		or croak "listen: $!";
	my $self = bless { port => $listener->sockport, owner => $$, groups => $options{groups} }, $class;

	$self->{things} = [ map { _thing($_) } 0 .. 56 ];
	defined($self->{pid} = fork) or croak "fork: $!";
	if ($self->{pid} == 0)
	{
		$SIG{CHLD} = 'IGNORE';
		$SIG{TERM} = 'DEFAULT';
		$self->_serve($listener);
		POSIX::_exit(0);
	}
	close $listener;
	return $self;
}

sub url { return "http://127.0.0.1:$_[0]->{port}" }

sub things { return @{ $_[0]->{things} } }

sub members
{
	my ($self) = @_;
	return map { _members($_) } @{ $self->{groups} };
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

# --- what there is ------------------------------------------------------------------------

# Days of which the first and the last second matter, and whole ones.
sub _thing
{
	my ($n) = @_;
	my $midnight = timegm(0, 0, 0, 1, 0, 2024);
	my @seconds = (0, 1, 43200, 86399, 3 * 3600 + 25, 50400);
	my $created = $midnight + 86400 * ($n % 5) + $seconds[ $n % 6 ];
	my @kinds = ('disk', 'Disk', 'cpu', undef, 'net*card', 'disk');
	my @names = ('erp', 'billing', 'crm', 'Orders', 'größe', 'a%b', 'under_score', '');

	return {
		id => sprintf('th-%03d', $n),
		name => $n % 11 == 10 ? undef : $names[ $n % 8 ] . '-' . $n % 13,
		kind => $kinds[ $n % 6 ],
		number => $n % 9 == 8 ? undef : ($n * 37) % 50 - 3,
		big => $n % 7 == 6 ? undef : 9007199254740000 + $n % 20,
		ratio => $n / 4,
		flag => $n % 4 == 3 ? undef : $n % 2 ? JSON::PP::true : JSON::PP::false,
		created => $n % 10 == 9 ? undef : strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $created),
		updated => $n % 12 == 11 ? undef : $created * 1000 + ($n * 125) % 1000,
		secret => (qw(red green blue))[ $n % 3 ],
		labels => [ map { "l$_" } 0 .. $n % 3 ],
		parts => [ map { { part => "p$_", size => $_ * $n } } 0 .. $n % 4 - 1 ],
	};
}

sub _members
{
	my ($group) = @_;
	my $sum = 0;

	$sum += ord for split //, $group;
	return map { { group => $group, member => "m$_", rank => $_ * $sum % 17 } } 1 .. 1 + $sum % 5;
}

# --- answering --------------------------------------------------------------------------------

sub _serve
{
	my ($self, $listener) = @_;

	while (1)
	{
		my $socket = $listener->accept or next;
		my $pid = fork;

		if (defined $pid && $pid == 0)
		{
			close $listener;
			$SIG{PIPE} = 'IGNORE';
			$self->_talk($socket);
			POSIX::_exit(0);
		}
		close $socket;
	}
}

sub _talk
{
	my ($self, $socket) = @_;
	my $buffer = '';

	setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;
	binmode $socket;
	while (1)
	{
		my $end;

		while (($end = index $buffer, "\r\n\r\n") < 0)
		{
			return unless sysread $socket, $buffer, 65536, length $buffer;
		}
		my ($target) = substr($buffer, 0, $end + 4, '') =~ /\A\S+ (\S+)/;
		my ($status, $body) = $self->_answer($target);
		my $content = $json->encode($body);

		print $socket "HTTP/1.1 $status\r\nContent-Type: application/json\r\nContent-Length: "
			. length($content) . "\r\n\r\n$content";
		$socket->flush;
	}
}

sub _answer
{
	my ($self, $target) = @_;
	my ($path, $query) = split /\?/, $target, 2;
	my %query;

	for my $pair (split /&/, $query // '')
	{
		my ($name, $value) = map { _decode($_) } split /=/, $pair, 2;
		$query{$name} = $value;
	}
	return $self->_list_things(\%query) if $path =~ m,^/lab/v1/[^/]+/things$,;
	if ($path =~ m,^/lab/v1/[^/]+/groups/([^/]+)/members$,)
	{
		my $group = _decode($1);
		return ('404 Not Found', { error_code => 'LAB.404', error_msg => 'no such group' })
			unless grep { $_ eq $group } @{ $self->{groups} };
		return ('200 OK', { members => [ _members($group) ] });
	}
	return ('400 Bad Request', { error_code => 'LAB.400', error_msg => "what is $path?" });
}

sub _list_things
{
	my ($self, $query) = @_;
	my @rows = @{ $self->{things} };

	for my $name (sort keys %$query)
	{
		next if $name =~ /^(limit|offset|page|marker)$/;
		my $test = _test($name, $query->{$name})
			or return ('400 Bad Request', { error_code => 'LAB.400', error_msg => "what is $name=$query->{$name}?" });
		@rows = grep { $test->($_) } @rows;
	}
	my $total = @rows;
	my $limit = $query->{limit} // 100;
	my $start = $query->{offset} // 0;

	$start = ($query->{page} - 1) * $limit if exists $query->{page};
	if (exists $query->{marker})
	{
		($start) = grep { $rows[$_]{id} eq $query->{marker} } 0 .. $#rows;
		$start++;
	}
	@rows = grep { defined } @rows[ $start .. ($start + $limit > $total ? $total : $start + $limit) - 1 ];
	return ('200 OK', { total => $total, things => [ map { my %shown = %$_; delete $shown{secret}; \%shown } @rows ] });
}

# A function that says whether a thing is kept; undef where the value means nothing.
sub _test
{
	my ($name, $value) = @_;
	my $time = $value =~ /^(\d+)-(\d+)-(\d+)(?:T(\d+):(\d+):(\d+)Z)?$/ && eval { timegm($6 // 0, $5 // 0, $4 // 0, $3, $2 - 1, $1) };

	return sub { $value =~ /^\*(.+)/s ? index($_[0]{id}, $1) >= 0 : $_[0]{id} eq $value } if $name eq 'id';
	return sub { index($_[0]{name} // '', $value) >= 0 } if $name eq 'name';
	return sub { substr($_[0]{name} // '', 0, length $value) eq $value } if $name eq 'name_prefix';
	return sub { lc($_[0]{kind} // '') eq lc $value } if $name eq 'kind';
	return sub { defined $_[0]{$name} && $_[0]{$name} eq $value } if $name =~ /^(number|big|secret)$/;
	return sub { defined $_[0]{flag} && ($_[0]{flag} ? 'true' : 'false') eq $value } if $name eq 'flag';
	if ($name =~ /^millis_(since|until)$/)
	{
		my $sign = $1 eq 'since' ? 1 : -1;
		return undef unless $value =~ /^-?\d+$/;
		return sub { defined $_[0]{updated} && $sign * ($_[0]{updated} - $value) >= 0 };
	}
	return undef unless $name =~ /^(created|day|since|until|since_day|until_day)$/ && defined $time && $time ne '';
	return undef if ($name =~ /day/) != ($value !~ /T/);
	return sub { defined $_[0]{created} && _seconds($_[0]) == $time } if $name eq 'created';
	return sub { substr($_[0]{created} // '', 0, 10) eq $value } if $name eq 'day';
	my $sign = $name =~ /since/ ? 1 : -1;
	return sub { defined $_[0]{created} && $sign * (_seconds($_[0]) - $time) >= 0 };
}

sub _seconds
{
	my ($thing) = @_;
	my ($year, $month, $day, $hour, $minute, $second) = $thing->{created} =~ /\d+/g;
	return timegm($second, $minute, $hour, $day, $month - 1, $year);
}

sub _decode
{
	my ($text) = @_;
	$text =~ s/\+/ /g;
	$text =~ s/%([0-9a-fA-F]{2})/chr hex $1/ge;
	utf8::decode($text);
	return $text;
}

1;
