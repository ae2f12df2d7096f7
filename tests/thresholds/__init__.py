"""A report: the weights and thresholds of the readers that no reading notices when they are doubled or halved."""
