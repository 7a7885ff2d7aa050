package care.outcomes.streams.topology;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Makes threads fail: before and after a write to a store, before and after something is forwarded, at the end of a
 * record and of a punctuation, before the commit that would cover them.
 */
public final class Crashes implements ProcessorWrapper {

    /** Setting that holds the {@link Plan}. */
    static final String PLAN = "outcomes.test.crashes";

    private Plan plan = new Plan(0, 0, 1);

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(PLAN) instanceof Plan given) {
            plan = given;
        }
    }

    /** When to fail. */
    static final class Plan {
        private final Random random;
        private final int most;
        private final int apart;
        private int crashed;
        private int left;

        /** Fails so many times, with about so many steps in between. */
        Plan(long seed, int most, int apart) {
            this.random = new Random(seed);
            this.most = most;
            this.apart = apart;
            this.left = apart;
        }

        synchronized void step() {
            if (crashed < most && --left <= 0) {
                crashed++;
                left = 1 + random.nextInt(2 * apart);
                throw new IllegalStateException("crash " + crashed);
            }
        }

        synchronized int crashed() {
            return crashed;
        }
    }

    @Override
    public <K, V, L, W> WrappedProcessorSupplier<K, V, L, W> wrapProcessorSupplier(
            String name, ProcessorSupplier<K, V, L, W> supplier) {
        if (!name.equals("patient") && !name.equals("totals")) {
            return ProcessorWrapper.asWrapped(supplier);
        }
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<K, V, L, W> get() {
                return crashing(supplier.get());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        };
    }

    @Override
    public <K, V, W> WrappedFixedKeyProcessorSupplier<K, V, W> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<K, V, W> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private <K, V, L, W> Processor<K, V, L, W> crashing(Processor<K, V, L, W> processor) {
        return new Processor<>() {
            @Override
            public void init(ProcessorContext<L, W> context) {
                processor.init(crashing(context));
            }

            @Override
            public void process(Record<K, V> record) {
                processor.process(record);
                plan.step();
            }

            @Override
            public void close() {
                processor.close();
            }
        };
    }

    @SuppressWarnings("unchecked") // a proxy of the interface it stands for
    private <L, W> ProcessorContext<L, W> crashing(ProcessorContext<L, W> context) {
        return (ProcessorContext<L, W>) proxy(ProcessorContext.class, context, Set.of("forward"));
    }

    private Object proxy(Class<?> type, Object target, Set<String> dangerous) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            boolean danger = dangerous.contains(method.getName());
            if (danger) {
                plan.step();
            }
            Object[] given = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < given.length; i++) {
                if (given[i] instanceof Punctuator punctuator) {
                    given[i] = crashing(punctuator);
                }
            }
            Object result;
            try {
                result = method.invoke(target, given);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
            if (danger) {
                plan.step();
            }
            return result instanceof KeyValueStore<?, ?> store
                    ? proxy(KeyValueStore.class, store, Set.of("put", "delete"))
                    : result;
        });
    }

    private Punctuator crashing(Punctuator punctuator) {
        return now -> {
            punctuator.punctuate(now);
            plan.step();
        };
    }
}
