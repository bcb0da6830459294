"""Background work: durable jobs on PgQueuer, enqueued with the data they are about, and sweeps."""

from foredesk.jobs.policy import Handler, JobPolicy
from foredesk.jobs.queue import PgQueuerJobs
from foredesk.jobs.sweep import Sweep, Sweeper

__all__ = ["Handler", "JobPolicy", "PgQueuerJobs", "Sweep", "Sweeper"]
