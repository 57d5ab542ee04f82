"""Records to RDF: IRIs, quads, the ontology, rules, shapes."""
