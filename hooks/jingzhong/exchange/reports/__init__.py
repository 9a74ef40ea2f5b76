"""`python hooks import case`: an investigation report as a draft of a case, outside `cases/`.

found    statements of a report, each with the paragraph it stands in; rivals are kept apart
figures  people, money, grade · moment: date and time · where: place
itself   title, authority, company · personal: names and numbers of people
sections causes, course of events, cited articles
draft    all that as a draft that `check` refuses until a person has written the rest
command  the command line
"""
