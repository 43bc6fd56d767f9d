/*
 * connection.c
 *		Sessions of this backend: one for each user mapping that was used.
 *
 * The client floor knows neither memory contexts nor interrupts; this file
 * lends it both.  A session is closed when its options have changed and the
 * last query that used it has ended, never under one.
 */
#include "postgres.h"

#include <unistd.h>

#include "miscadmin.h"
#include "pgstat.h"
#include "storage/fd.h"
#include "storage/latch.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "gmf_compat.h"
#include "gmf_connection.h"
#include "gmf_options.h"
#include "gmf_shown.h"

/* Left for PostgreSQL's own waiting, which would fail without. */
#define SPARE_DESCRIPTORS 4

/* What the hash table holds for a user mapping: its newest session. */
typedef struct Entry
{
	Oid			umid;			/* key */
	uint32		server_hash;	/* of the syscache entries that it was made of */
	uint32		mapping_hash;
	GmfConnection *connection;	/* NULL: none, or a stale one was let go */
} Entry;

struct GmfConnection
{
	GmfSession *session;
	WaitEventSet *events;		/* the latch, the end of the server, the session */
	int			users;			/* queries that hold it */
	bool		current;		/* the hash table points here */
	int			descriptors;	/* that fd.c counts for it */
};

/* One query's hold on a connection. */
typedef struct Hold
{
	MemoryContextCallback callback;
	GmfConnection *connection;
} Hold;

static HTAB *entries = NULL;

static void make_entries(void);
static void open_session(Entry *entry, ForeignServer *server, UserMapping *user);
static bool prepare_to_wait(GmfConnection *connection);
static void reserve_descriptors(GmfConnection *connection, GmfConfig *config);
static bool acquire_descriptor(void);
static bool close_unused(void);
static void release(GmfConnection *connection);
static void hold(GmfConnection *connection, MemoryContext context);
static void let_go(void *arg);
static void drop_if_unused(GmfConnection *connection);
static void on_change(Datum arg, int cache, uint32 hash);
static bool wait_readable(void *arg, int fd);

GmfConnection *
gmf_connection_get(Oid serverid, Oid userid, MemoryContext context)
{
	ForeignServer *server = GetForeignServer(serverid);
	UserMapping *user = GetUserMapping(userid, serverid);
	Entry	   *entry;
	bool		found;

	if (entries == NULL)
		make_entries();
	entry = (Entry *) hash_search(entries, &user->umid, HASH_ENTER, &found);
	if (!found)
		entry->connection = NULL;
	if (entry->connection == NULL)
		open_session(entry, server, user);
	hold(entry->connection, context);
	return entry->connection;
}

GmfSession *
gmf_connection_session(GmfConnection *connection)
{
	return connection->session;
}

void
gmf_connection_wait(GmfConnection *connection)
{
	gmf_session_wait(connection->session);
	CHECK_FOR_INTERRUPTS();
}

static void
make_entries(void)
{
	HASHCTL		control;

	memset(&control, 0, sizeof(control));
	control.keysize = sizeof(Oid);
	control.entrysize = sizeof(Entry);
	entries = hash_create("gaussdb_mgmt_fdw sessions", 8, &control, HASH_ELEM | HASH_BLOBS);
	CacheRegisterSyscacheCallback(FOREIGNSERVEROID, on_change, (Datum) 0);
	CacheRegisterSyscacheCallback(USERMAPPINGOID, on_change, (Datum) 0);
}

static void
open_session(Entry *entry, ForeignServer *server, UserMapping *user)
{
	GmfConfig  *config = gmf_config(server, user);
	GmfConnection *connection;
	GmfError	error;

	gmf_error_clear(&error);
	connection = (GmfConnection *) MemoryContextAllocZero(TopMemoryContext,
														  sizeof(GmfConnection));
	reserve_descriptors(connection, config);
	connection->session = gmf_session_open(config, &error);
	if (connection->session == NULL || !prepare_to_wait(connection))
	{
		if (connection->session != NULL)
			gmf_error_set(&error, GMF_NO_DESCRIPTOR, "too many open files");
		release(connection);
		gmf_report(&error, "gaussdb_mgmt_fdw", server->servername);
	}
	gmf_session_set_wait(connection->session, wait_readable, connection);
	connection->current = true;
	entry->connection = connection;
	entry->server_hash = GetSysCacheHashValue1(FOREIGNSERVEROID,
											   ObjectIdGetDatum(server->serverid));
	entry->mapping_hash = GetSysCacheHashValue1(USERMAPPINGOID, ObjectIdGetDatum(user->umid));
}

/*
 * False where no descriptor is left.  A set that is made each time there is something to wait
 * for could fail in the middle of the client floor, through which nothing may jump.
 */
static bool
prepare_to_wait(GmfConnection *connection)
{
	int			fd = gmf_session_fd(connection->session);
	int			spare;

	if (!acquire_descriptor())
		return false;
	spare = dup(fd);
	if (spare >= 0)
		close(spare);
	ReleaseExternalFD();
	if (spare < 0)
		return false;
	connection->events = gmf_wait_event_set(3);
	AddWaitEventToSet(connection->events, WL_LATCH_SET, PGINVALID_SOCKET, MyLatch, NULL);
	AddWaitEventToSet(connection->events, WL_EXIT_ON_PM_DEATH, PGINVALID_SOCKET, NULL, NULL);
	AddWaitEventToSet(connection->events, WL_SOCKET_READABLE, fd, NULL, NULL);
	return true;
}

/*
 * The server's own files must not run out because of sessions.  A session works with fewer
 * connections than it might have; with none it does not.
 */
static void
reserve_descriptors(GmfConnection *connection, GmfConfig *config)
{
	int			fewest = gmf_session_descriptors(1);
	int			most = gmf_session_descriptors(config->max_connections);
	int			got = 0;

	while (got < most + SPARE_DESCRIPTORS && acquire_descriptor())
		got++;
	for (int i = 0; i < SPARE_DESCRIPTORS && got > 0; i++, got--)
		ReleaseExternalFD();
	connection->descriptors = got;
	if (got < fewest)
	{
		release(connection);
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_RESOURCES),
				 errmsg("too many open files"),
				 errdetail("A session of server \"%s\" needs %d descriptors, and there are %d.",
						   gmf_shown_utf8(config->server_name), fewest, got),
				 errhint("Raise the setting max_files_per_process and the limit of the operating "
						 "system, or use fewer foreign servers at once.")));
	}
	config->max_connections -= most - got;
}

/* Sessions that no query uses make room. */
static bool
acquire_descriptor(void)
{
	while (!AcquireExternalFD())
		if (!close_unused())
			return false;
	return true;
}

static bool
close_unused(void)
{
	HASH_SEQ_STATUS status;
	Entry	   *entry;
	bool		closed = false;

	hash_seq_init(&status, entries);
	while ((entry = (Entry *) hash_seq_search(&status)) != NULL)
	{
		GmfConnection *connection = entry->connection;

		if (connection == NULL || connection->users > 0)
			continue;
		entry->connection = NULL;
		connection->current = false;
		drop_if_unused(connection);
		closed = true;
	}
	return closed;
}

static void
release(GmfConnection *connection)
{
	if (connection->events != NULL)
		FreeWaitEventSet(connection->events);
	gmf_session_close(connection->session);
	for (; connection->descriptors > 0; connection->descriptors--)
		ReleaseExternalFD();
	pfree(connection);
}

static void
hold(GmfConnection *connection, MemoryContext context)
{
	Hold	   *mine = (Hold *) MemoryContextAllocZero(context, sizeof(Hold));

	mine->connection = connection;
	mine->callback.func = let_go;
	mine->callback.arg = mine;
	connection->users++;
	MemoryContextRegisterResetCallback(context, &mine->callback);
}

static void
let_go(void *arg)
{
	Hold	   *mine = (Hold *) arg;

	mine->connection->users--;
	drop_if_unused(mine->connection);
}

static void
drop_if_unused(GmfConnection *connection)
{
	if (connection->users > 0 || connection->current)
		return;
	release(connection);
}

/* A server or a user mapping was altered or dropped: their sessions are stale. */
static void
on_change(Datum arg, int cache, uint32 hash)
{
	HASH_SEQ_STATUS status;
	Entry	   *entry;

	hash_seq_init(&status, entries);
	while ((entry = (Entry *) hash_seq_search(&status)) != NULL)
	{
		GmfConnection *connection = entry->connection;
		uint32		mine = cache == FOREIGNSERVEROID ? entry->server_hash : entry->mapping_hash;

		if (connection == NULL || (hash != 0 && hash != mine))
			continue;
		entry->connection = NULL;
		connection->current = false;
		drop_if_unused(connection);
	}
}

/*
 * The client's wait callback.  It must not jump: where an interrupt is pending
 * it says stop, and gmf_connection_wait serves the interrupt when the client has
 * returned.
 */
static bool
wait_readable(void *arg, int fd)
{
	GmfConnection *connection = (GmfConnection *) arg;
	WaitEvent	event;

	if (INTERRUPTS_PENDING_CONDITION())
		return false;
	if (WaitEventSetWait(connection->events, -1L, &event, 1, gmf_wait_event()) == 1 &&
		(event.events & WL_LATCH_SET))
		ResetLatch(MyLatch);
	return !INTERRUPTS_PENDING_CONDITION();
}
