"""APIG: dedicated gateways."""

from .generic import Kept

STATUSES = ("Running", "Running", "Running", "Updating", "Frozen", "CreateFail")

INSTANCES = Kept("instances", "apig", "ListInstancesV2", "instances", count=26, limit=20,
                 details="ShowDetailsOfInstanceV2",
                 fields={"instance_name": lambda n: f"gateway-{'prod' if n % 2 else 'test'}-"
                         f"{n:03d}", "status": lambda n: STATUSES[n % len(STATUSES)]})
