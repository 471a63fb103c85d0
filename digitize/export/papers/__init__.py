"""Papers to sign and send: one value, written as .docx, .pdf and .xlsx in the layout of Nghị định 30/2020/NĐ-CP.

The layout was not read in the decree itself; it is as papers of the province look. Wording and blanks are the sender's.
"""
