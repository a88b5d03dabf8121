package dev.samara.sample;

import org.springframework.boot.SpringApplication;

/**
 * Starts the nursery's service together with a PostgreSQL of its own, in the profile dev
 * unless another one is named.
 */
class NurseryOnEmbeddedPostgres {

	public static void main(String[] args) {
		SpringApplication.from(NurseryApplication::main).with(EmbeddedPostgresConfiguration.class).run(args);
	}

}
