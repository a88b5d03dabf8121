package dev.samara.sample;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service as a developer starts it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@ActiveProfiles("dev")
@Import(TestDatabaseConfiguration.class)
@DirtiesContext
class NurseryIntegrationTests {

	@Autowired
	private RestTestClient client;

	@Test
	void listsTheSeededSpeciesByName() {
		this.client.get()
			.uri("/species")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(20)
			.jsonPath("$[2].scientificName")
			.isEqualTo("Acer palmatum")
			.jsonPath("$[2].cultivars")
			.isEqualTo(3);
	}

	@Test
	void findsSpeciesByAWordOfAnyName() {
		this.client.get()
			.uri("/species?q=witch hazel")
			.exchange()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1)
			.jsonPath("$[0].scientificName")
			.isEqualTo("Hamamelis × intermedia");
	}

	@Test
	void listsPlantsWithoutTheRetiredOnes() {
		this.client.get()
			.uri("/plants")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(11)
			.jsonPath("$[?(@.sku == 'ACE-SAN-10')].availability")
			.isEqualTo("sold out");
	}

	@Test
	void answersWithProblemDetailsWhenThereIsNoSuchOrder() {
		this.client.get()
			.uri("/orders/4711")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("No order has the id 4711");
	}

	@Test
	void placesAnOrderAndTakesItsPlantsFromTheStock() {
		int before = quantityOf("MAG-ROY-05");

		RestTestClient.ResponseSpec response = place(line("MAG-ROY-05", 2), line("HAM-JEL-05", 1));

		response.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.number")
			.value(String.class, (number) -> assertThat(number).startsWith("AN-"))
			.jsonPath("$.totalCents")
			.isEqualTo(2 * 4500 + 5200);
		assertThat(quantityOf("MAG-ROY-05")).isEqualTo(before - 2);
	}

	@Test
	void takesNothingWhenOnePlantIsSoldOut() {
		int before = quantityOf("ACE-BLO-05");

		RestTestClient.ResponseSpec response = place(line("ACE-BLO-05", 1), line("ACE-SAN-10", 1));

		response.expectStatus().isEqualTo(409);
		assertThat(quantityOf("ACE-BLO-05")).isEqualTo(before);
	}

	@Test
	void tellsWhichMigrationsAndSeedsAreIn() {
		this.client.get()
			.uri("/actuator/migrations")
			.exchange()
			.expectBody()
			.jsonPath("$.migrations.samaraMigrator.current")
			.isEqualTo("15")
			.jsonPath("$.migrations.samaraMigrator.pending")
			.isEqualTo(0)
			.jsonPath("$.migrations.samaraMigrator.migrations[12].script")
			.isEqualTo("db/migration/V13__say_what_columns_mean.sql")
			.jsonPath("$.migrations.samaraMigrator.migrations[14].script")
			.isEqualTo("dev.samara.sample.order.V15__AsciiEmailDomains")
			.jsonPath("$.migrations.samaraMigrator.states.APPLIED")
			.isEqualTo(18);
		this.client.get()
			.uri("/actuator/seeds")
			.exchange()
			.expectBody()
			.jsonPath("$.seeds.samaraSeedRunner.environment")
			.isEqualTo("dev")
			.jsonPath("$.seeds.samaraSeedRunner.seeds[?(@.name == 'dev/003_orders.sql')].state")
			.isEqualTo("APPLIED")
			.jsonPath("$.seeds.samaraSeedRunner.seeds[?(@.name == 'staging/002_test_customers.sql')].state")
			.isEqualTo("NOT_FOR_ENVIRONMENT");
	}

	@Test
	void isReadyAndShowsItsMigrationsToTheDeveloper() {
		this.client.get()
			.uri("/actuator/health/readiness")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP")
			.jsonPath("$.components.migrations.status")
			.isEqualTo("UP");
	}

	@Test
	void tellsTheOfficeWhatIsNewInTheDatabase() {
		this.client.get()
			.uri("/actuator/info")
			.exchange()
			.expectBody()
			.jsonPath("$.newInDatabase.length()")
			.isEqualTo(18)
			.jsonPath("$.newInDatabase[14]")
			.isEqualTo("15 (ascii email domains)")
			.jsonPath("$.newInDatabase[17]")
			.isEqualTo("R:bestsellers");
	}

	private RestTestClient.ResponseSpec place(Object... lines) {
		return this.client.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("email", "ada.ash@example.org", "lines", List.of(lines)))
			.exchange();
	}

	private static Map<String, Object> line(String sku, int quantity) {
		return Map.of("sku", sku, "quantity", quantity);
	}

	private int quantityOf(String sku) {
		Plant[] plants = this.client.get()
			.uri("/plants")
			.exchange()
			.expectBody(Plant[].class)
			.returnResult()
			.getResponseBody();
		return List.of(plants).stream().filter((plant) -> plant.sku().equals(sku)).findFirst().orElseThrow().quantity();
	}

	private String textOf(String path) {
		return this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	record Plant(String sku, int quantity) {

	}

}
