package dev.rowkeep.benchmarks.spring;

import org.springframework.data.repository.ListCrudRepository;

/** The products; Spring Data implements it. */
interface ProductRepository extends ListCrudRepository<StoredProduct, String> {}
