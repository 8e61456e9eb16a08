import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Takes the text out of PDFs with PDFBox: Extract FOLDER FILE.pdf... writes FOLDER/NAME.pdfbox.txt. */
class Extract {
    public static void main(String[] args) throws Exception {
        for (int i = 1; i < args.length; i++) {
            File file = new File(args[i]);
            try (PDDocument doc = PDDocument.load(file)) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setPageEnd("\f");
                String name = file.getName().replaceFirst("\\.pdf$", "") + ".pdfbox.txt";
                Files.write(Path.of(args[0], name), stripper.getText(doc).getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
