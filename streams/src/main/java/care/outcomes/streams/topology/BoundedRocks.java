package care.outcomes.streams.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bounded cache and write buffer for all stores of the process. By default each store of each partition may take
 * about 100 MB outside the heap.
 */
public final class BoundedRocks implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 192L << 20;
    private static final long WRITE_BUFFER_BYTES = 96L << 20;
    private static final long MEMTABLE_BYTES = 4L << 20;

    /**
     * By how much a memtable grows. The default is an eighth of its size, and the first blocks of a few hundred stores alone
     * were more than all write buffers together may be: every write flushed a store, and compaction took a third of the CPU.
     */
    private static final long BLOCK_BYTES = 32L << 10;

    /** What is reserved on disk for the list of a store's files; the default of 4 MiB is more than most stores hold. */
    private static final long MANIFEST_BYTES = 64L << 10;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> settings) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE);
            table.setCacheIndexAndFilterBlocks(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(MEMTABLE_BYTES);
        options.setArenaBlockSize(BLOCK_BYTES);
        options.setManifestPreallocationSize(MANIFEST_BYTES);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        options.setMaxWriteBufferNumber(2);
    }

    /** The cache outlives the store. */
    @Override
    public void close(String storeName, Options options) {}
}
