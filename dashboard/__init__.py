"""The viewer: pages and figures over one release."""
