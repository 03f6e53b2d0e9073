"""The contract from outside: JSON-RPC 2.0 over HTTP for the programs of this computer, and one instance a home."""
