"""Exercise–Pain Mechanism Graph: curated studies as a graph, and answers that show their evidence."""
