"""BCS: Huawei Cloud Chain instances and Fabric services."""

from .generic import Kept

INSTANCES = Kept("instances", "bcs", "ListInstances", "instances", count=14, limit=10,
                 details="ShowInstance",
                 fields={"name": lambda n: f"huawei-chain-{n:02d}"})
BLOCKCHAINS = Kept("blockchains", "bcs", "ListBlockchains", "blockchains", count=6)
