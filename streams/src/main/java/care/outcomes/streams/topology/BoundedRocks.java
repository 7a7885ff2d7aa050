package care.outcomes.streams.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;
import org.slf4j.LoggerFactory;

/**
 * One bounded cache and write buffer for all stores of the process. By default each store of each partition may take
 * about 100 MB outside the heap.
 */
public final class BoundedRocks implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 96L << 20;
    private static final long WRITE_BUFFER_BYTES = 48L << 20;
    private static final long MEMTABLE_BYTES = 4L << 20;

    /**
     * By how much a memtable grows. The default is an eighth of its size, and the first blocks of a few hundred stores alone
     * were more than all write buffers together may be: every write flushed a store, and compaction took a third of the CPU.
     */
    private static final long BLOCK_BYTES = 32L << 10;

    /** What is reserved on disk for the list of a store's files; the default of 4 MiB is more than most stores hold. */
    private static final long MANIFEST_BYTES = 64L << 10;

    /**
     * What is buffered for each file that is written. Of the default each of a store's open files (its log, its list of
     * files) takes 64 KiB whether anything is written or not, and a file being flushed up to a megabyte.
     */
    private static final long FILE_BUFFER_BYTES = 16L << 10;

    /** A patient fills a few of the default blocks of 4 KiB by itself; what is like another one's compresses together. */
    private static final long SORTED_BLOCK_BYTES = 8L << 10;

    /** Into how many parts a store's list of open files falls: four are enough for a few files, the default is 64. */
    private static final int OPEN_FILES_SHARD_BITS = 2;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
    private static final Errors ERRORS = new Errors();

    /** Errors of RocksDB, in the log of the worker: a log file of each store would have 64 KiB of buffer more. */
    private static final class Errors extends org.rocksdb.Logger {

        private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(BoundedRocks.class);

        private Errors() {
            super(InfoLogLevel.ERROR_LEVEL);
        }

        @Override
        protected void log(InfoLogLevel level, String message) {
            // Options, listed whenever a store opens, come at a level above all others.
            if (level != InfoLogLevel.HEADER_LEVEL) {
                LOG.error("{}", message);
            }
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> settings) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE);
            table.setBlockSize(SORTED_BLOCK_BYTES);
            table.setCacheIndexAndFilterBlocks(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(MEMTABLE_BYTES);
        options.setArenaBlockSize(BLOCK_BYTES);
        options.setWritableFileMaxBufferSize(FILE_BUFFER_BYTES);
        options.setLogger(ERRORS);
        options.setManifestPreallocationSize(MANIFEST_BYTES);
        options.setTableCacheNumshardbits(OPEN_FILES_SHARD_BITS);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        // What has come to rest is read rarely and makes up most of what lies on disk.
        options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        options.setMaxWriteBufferNumber(2);
    }

    /** The cache outlives the store. */
    @Override
    public void close(String storeName, Options options) {}
}
