package dev.samara.migration;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Script;

/**
 * A callback file that was found.
 *
 * @param name what its name says
 * @param script the script
 * @param environments the only environments it is for; empty if it is for all
 */
record CallbackFile(CallbackName name, Script script, Set<Environment> environments) {

	CallbackFile with(BuiltIns known) {
		return new CallbackFile(this.name, this.script.with(known), this.environments);
	}

	boolean isFor(@Nullable Environment environment) {
		return this.environments.isEmpty() || (environment != null && this.environments.contains(environment));
	}

}
