/*
 * scripted_server.h
 *		A small HTTP server in a thread, for tests of the session: it answers each
 *		request as a function of the test says, also in ways in which no
 *		decent server would.
 */
#ifndef SCRIPTED_SERVER_H
#define SCRIPTED_SERVER_H

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_REQUESTS	1024
#define MAX_CONNECTIONS	64
#define MAX_TEXT		8192

/* A request as it was received. */
typedef struct Received
{
	int			number;			/* from 0, in the order of arrival */
	int			connection;		/* from 0, in the order of accepting */
	int			in_flight;		/* requests not answered yet, this one included */
	int64_t		when;			/* microseconds */
	char		method[16];
	char		target[2048];
	char		text[MAX_TEXT]; /* head and body */
	const char *body;
} Received;

/* What to do with it. */
typedef struct Reply
{
	const char *text;			/* sent as it is */
	size_t		length;			/* 0: strlen */
	int			delay_ms;
	bool		close;			/* the connection, after sending */
	bool		reset;			/* with RST instead of FIN */
} Reply;

typedef struct Connection
{
	int			fd;				/* -1: none */
	int			number;
	char		input[MAX_TEXT];
	size_t		used;
	bool		busy;			/* a reply is due */
	int64_t		due;
	Reply		reply;
} Connection;

typedef struct Server Server;
typedef void (*Answerer) (Server *server, const Received *received, Reply *reply);

struct Server
{
	Answerer	answer;
	void	   *arg;
	int			port;
	char		url[64];

	pthread_t	thread;
	int			listener;
	int			stop[2];
	Connection	connections[MAX_CONNECTIONS];

	/* Read by the test only when nothing is on its way, or after the end. */
	Received	received[MAX_REQUESTS];
	int			nreceived;
	int			naccepted;
	int			in_flight;
	int			most_in_flight;
};

static inline int64_t
server_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static inline void
server_hang_up(Connection *connection, bool reset)
{
	struct linger at_once = {.l_onoff = 1, .l_linger = 0};

	if (reset)
		setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(connection->fd);
	connection->fd = -1;
	connection->busy = false;
	connection->used = 0;
}

static inline void
server_send(Server *server, Connection *connection)
{
	const Reply *reply = &connection->reply;
	size_t		length = reply->length > 0 ? reply->length :
		reply->text != NULL ? strlen(reply->text) : 0;
	size_t		sent = 0;

	connection->busy = false;
	server->in_flight--;
	while (sent < length)
	{
		ssize_t		n = send(connection->fd, reply->text + sent, length - sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
		{
			server_hang_up(connection, false);
			return;
		}
		sent += (size_t) n;
	}
	if (reply->close || reply->reset)
	{
		/* The other end is to get what was sent before it gets the reset. */
		if (reply->reset && length > 0)
			usleep(20000);
		server_hang_up(connection, reply->reset);
	}
}

/* Take the first complete request out of the input; false: there is none. */
static inline bool
server_take_request(Server *server, Connection *connection)
{
	char	   *end = strstr(connection->input, "\r\n\r\n");
	char	   *announced = strcasestr(connection->input, "\r\nContent-Length:");
	size_t		head;
	size_t		whole;
	Received   *received;

	if (end == NULL)
		return false;
	head = (size_t) (end - connection->input) + 4;
	whole = head + (announced != NULL && announced < end ?
					(size_t) atol(announced + strlen("\r\nContent-Length:")) : 0);
	if (connection->used < whole)
		return false;

	assert(server->nreceived < MAX_REQUESTS);
	received = &server->received[server->nreceived];
	received->number = server->nreceived;
	received->connection = connection->number;
	received->when = server_now();
	received->in_flight = ++server->in_flight;
	if (server->in_flight > server->most_in_flight)
		server->most_in_flight = server->in_flight;
	memcpy(received->text, connection->input, whole);
	received->text[whole] = '\0';
	received->body = received->text + head;
	sscanf(received->text, "%15s %2047s", received->method, received->target);
	memmove(connection->input, connection->input + whole, connection->used - whole + 1);
	connection->used -= whole;
	server->nreceived++;

	memset(&connection->reply, 0, sizeof(connection->reply));
	server->answer(server, received, &connection->reply);
	connection->busy = true;
	connection->due = server_now() + connection->reply.delay_ms * 1000;
	return true;
}

static inline void
server_receive(Server *server, Connection *connection)
{
	ssize_t		n = recv(connection->fd, connection->input + connection->used,
						 sizeof(connection->input) - connection->used - 1, 0);

	if (n <= 0)
	{
		if (connection->busy)
			server->in_flight--;
		server_hang_up(connection, false);
		return;
	}
	connection->used += (size_t) n;
	connection->input[connection->used] = '\0';
	if (!connection->busy)
		server_take_request(server, connection);
}

static inline void
server_accept(Server *server)
{
	int			fd = accept(server->listener, NULL, NULL);

	for (int i = 0; fd >= 0 && i < MAX_CONNECTIONS; i++)
		if (server->connections[i].fd < 0)
		{
			server->connections[i].fd = fd;
			server->connections[i].number = server->naccepted++;
			server->connections[i].used = 0;
			return;
		}
	assert(fd < 0);
}

static inline void *
server_run(void *arg)
{
	Server	   *server = arg;

	for (;;)
	{
		struct pollfd fds[MAX_CONNECTIONS + 2];
		int			timeout = -1;
		int64_t		now = server_now();

		fds[0] = (struct pollfd) {.fd = server->stop[0], .events = POLLIN};
		fds[1] = (struct pollfd) {.fd = server->listener, .events = POLLIN};
		for (int i = 0; i < MAX_CONNECTIONS; i++)
		{
			Connection *connection = &server->connections[i];

			if (connection->fd >= 0 && connection->busy)
			{
				int			left = connection->due <= now ? 0 :
					(int) ((connection->due - now) / 1000 + 1);

				if (timeout < 0 || left < timeout)
					timeout = left;
			}
			fds[i + 2] = (struct pollfd) {.fd = connection->fd, .events = POLLIN};
		}
		if (poll(fds, MAX_CONNECTIONS + 2, timeout) < 0)
			continue;
		if (fds[0].revents != 0)
			return NULL;
		for (int i = 0; i < MAX_CONNECTIONS; i++)
			if (fds[i + 2].revents != 0)
				server_receive(server, &server->connections[i]);
		if (fds[1].revents != 0)
			server_accept(server);
		for (int i = 0; i < MAX_CONNECTIONS; i++)
		{
			Connection *connection = &server->connections[i];

			if (connection->fd >= 0 && connection->busy && connection->due <= server_now())
			{
				server_send(server, connection);
				if (connection->fd >= 0)
					server_take_request(server, connection);
			}
		}
	}
}

static inline Server *
server_start(Answerer answer, void *arg)
{
	Server	   *server = calloc(1, sizeof(*server));
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t	length = sizeof(address);
	int			problem;

	server->answer = answer;
	server->arg = arg;
	for (int i = 0; i < MAX_CONNECTIONS; i++)
		server->connections[i].fd = -1;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->listener = socket(AF_INET, SOCK_STREAM, 0);
	problem = pipe(server->stop) |
		bind(server->listener, (struct sockaddr *) &address, sizeof(address)) |
		listen(server->listener, 64) |
		getsockname(server->listener, (struct sockaddr *) &address, &length);
	assert(problem == 0);
	server->port = ntohs(address.sin_port);
	snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%d", server->port);
	problem = pthread_create(&server->thread, NULL, server_run, server);
	assert(problem == 0);
	(void) problem;
	return server;
}

static inline void
server_stop(Server *server)
{
	ssize_t		written = write(server->stop[1], "", 1);

	assert(written == 1);
	(void) written;
	pthread_join(server->thread, NULL);
	for (int i = 0; i < MAX_CONNECTIONS; i++)
		if (server->connections[i].fd >= 0)
			close(server->connections[i].fd);
	close(server->listener);
	close(server->stop[0]);
	close(server->stop[1]);
	free(server);
}

/* Did the request have this header with this value?  Value NULL: did it have it at all? */
static inline bool
received_header(const Received *received, const char *name, const char *value)
{
	char		wanted[1024];
	const char *found;

	snprintf(wanted, sizeof(wanted), "\r\n%s: %s", name, value == NULL ? "" : value);
	found = strcasestr(received->text, wanted);
	return found != NULL && found < received->body &&
		(value == NULL || memcmp(found + strlen(wanted), "\r\n", 2) == 0);
}

#endif							/* SCRIPTED_SERVER_H */
