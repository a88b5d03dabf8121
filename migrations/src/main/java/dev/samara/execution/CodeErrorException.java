package dev.samara.execution;

import dev.samara.SamaraException;

/**
 * Carries an error that code has thrown to where exceptions of code are told. Everything
 * is told and recorded of it as of an exception: a class that is missing or an assertion
 * is a fault of that code alone.
 */
final class CodeErrorException extends SamaraException {

	private final Error error;

	private CodeErrorException(Error error) {
		super(error.getClass().getName(), "Correct it and start again; the cause of the exception says more.", error);
		this.error = error;
	}

	/**
	 * Do something, and carry what errors it throws. Those of a virtual machine that is
	 * out of memory, or broken, are not carried: what would be done then, calling
	 * callbacks and listeners, needs one that works. The transaction is rolled back all
	 * the same. A stack that overflows is free again once it is unwound.
	 */
	static <T> T carried(CodeTransaction.Work<T> work) throws Exception {
		try {
			return work.run();
		}
		catch (InterruptedException ex) {
			// Whoever interrupts means the thread, not this code alone.
			Thread.currentThread().interrupt();
			throw ex;
		}
		catch (StackOverflowError ex) {
			throw new CodeErrorException(ex);
		}
		catch (VirtualMachineError ex) {
			throw ex;
		}
		catch (Error ex) {
			throw new CodeErrorException(ex);
		}
	}

	/**
	 * Return what code has thrown.
	 * @param failure what was caught
	 * @return the error, if it is one that was carried
	 */
	static Throwable thrown(Exception failure) {
		return (failure instanceof CodeErrorException carried) ? carried.error : failure;
	}

}
