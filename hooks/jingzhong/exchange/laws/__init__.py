"""`python hooks import law`: a statute from outside as a page with its full text.

statute      paragraphs → title, note, chapters, articles
note         the note under a title → versions, numbers, issuer, kind
page         a statute, and the page there was → the new page
renumbering  old articles → new articles, by likeness of their texts
numbering_file  the table as an entry of `law/data/numbering.yml`
opening      a file or a page as a statute, and its id
command      the command line
"""
