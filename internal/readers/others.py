"""others.py PROGRAM SOURCE OUT.pdf FONTS: sets a page with Typst or WeasyPrint."""
import sys

program, source, out, fonts = sys.argv[1:]
if program == "typst":
    import typst

    typst.compile(source, output=out, font_paths=[fonts])
else:
    from weasyprint import HTML

    HTML(source).write_pdf(out)
