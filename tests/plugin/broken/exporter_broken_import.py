"""A module that ends, and prints, as soon as it is imported."""

print("printed at the import")
raise KeyboardInterrupt
