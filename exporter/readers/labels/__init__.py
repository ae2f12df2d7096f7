"""The words and marks by which people label questions, answers and details."""
