package dev.samara.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the nursery's service on the database that {@code spring.datasource.url} names.
 *
 * @since 0.1.0
 */
@SpringBootApplication
public class NurseryApplication {

	public static void main(String[] args) {
		SpringApplication.run(NurseryApplication.class, args);
	}

}
