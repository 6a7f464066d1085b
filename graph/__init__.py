"""Model, units, clocks, stores and the workspace: the room every other room stands on."""
