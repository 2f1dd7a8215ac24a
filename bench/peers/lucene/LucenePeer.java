// Lucene 8 as a peer of kernel/search: indexes one text a line, answers one question a line.
//
//   java LucenePeer <analyzer: tokens | cjk | english> <documents> <questions> <answers> <folder>
//
// `tokens`: words are separated by spaces already, so that both sides search for the same terms. Prints documents per
// CPU second, megabytes, and the CPU microseconds of each question in the last of five rounds (p50, p99).

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;

public final class LucenePeer {
    private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private static final int rounds = 5;

    private static Analyzer analyzerOf(String name) {
        switch (name) {
        case "cjk": return new CJKAnalyzer();
        case "english": return new EnglishAnalyzer();
        default: return new WhitespaceAnalyzer();
        }
    }

    private static Query queryOf(Analyzer analyzer, String text) throws Exception {
        Map<String, Integer> terms = new LinkedHashMap<>();
        try (TokenStream stream = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) terms.merge(term.toString(), 1, Integer::sum);
            stream.end();
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (Map.Entry<String, Integer> term : terms.entrySet()) {
            Query one = new TermQuery(new Term("text", term.getKey()));
            query.add(term.getValue() > 1 ? new BoostQuery(one, term.getValue()) : one, BooleanClause.Occur.SHOULD);
        }
        return query.build();
    }

    private static double index(Analyzer analyzer, Path documents, MMapDirectory directory) throws Exception {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.freeze();
        IndexWriterConfig config = new IndexWriterConfig(analyzer);
        config.setSimilarity(new BM25Similarity());
        config.setRAMBufferSizeMB(256);
        config.setMergeScheduler(new org.apache.lucene.index.SerialMergeScheduler());
        long start = threads.getCurrentThreadCpuTime();
        try (IndexWriter writer = new IndexWriter(directory, config);
             BufferedReader lines = Files.newBufferedReader(documents, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Document document = new Document();
                document.add(new Field("text", line, type));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    public static void main(String[] arguments) throws Exception {
        Analyzer analyzer = analyzerOf(arguments[0]);
        BooleanQuery.setMaxClauseCount(4096);
        try (MMapDirectory directory = new MMapDirectory(Paths.get(arguments[4]))) {
            double seconds = index(analyzer, Paths.get(arguments[1]), directory);
            long bytes = 0;
            for (String file : directory.listAll()) bytes += directory.fileLength(file);
            List<String> questions = Files.readAllLines(Paths.get(arguments[2]), StandardCharsets.UTF_8);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity());
                searcher.setQueryCache(null);
                double[] times = new double[questions.size()];
                List<ScoreDoc[]> answers = new ArrayList<>();
                for (int round = 0; round < rounds; ++round) {
                    answers.clear();
                    for (int at = 0; at < times.length; ++at) {
                        Query query = queryOf(analyzer, questions.get(at));
                        long start = threads.getCurrentThreadCpuTime();
                        answers.add(searcher.search(query, 10).scoreDocs);
                        times[at] = (threads.getCurrentThreadCpuTime() - start) / 1e3;
                    }
                }
                try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Paths.get(arguments[3])))) {
                    for (ScoreDoc[] answer : answers) {
                        StringBuilder line = new StringBuilder();
                        for (ScoreDoc hit : answer) line.append(hit.doc).append(' ');
                        out.println(line);
                    }
                }
                Arrays.sort(times);
                System.out.printf("%.0f %.1f %.0f %.0f%n", reader.maxDoc() / seconds, bytes / 1e6,
                    times[(int) (0.5 * (times.length - 1))], times[(int) (0.99 * (times.length - 1))]);
            }
        }
    }
}
