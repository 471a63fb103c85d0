"""Pages and entries that come out of a package instead of a scanner and the engine."""

from collections.abc import Mapping

from sqlmodel import func, select

from digitize.books.book import PageState
from digitize.books.entry import Candidate, Entry
from digitize.errors import AlreadyThere
from digitize.store.repositories.base import Repository, found
from digitize.store.repositories.reading import lay_down
from digitize.store.tables import BookRow, PageRow


class Imports(Repository):
    def lay(
        self, book_id: int, sha256: str, file_name: str, size: tuple[int, int], form_id: str,
        candidates: Mapping[str, Candidate],
    ) -> Entry:  # fmt: skip
        """One entry on a page of its own, read already. Raises AlreadyThere for a file the book has, NotFound."""
        found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        of_book = select(PageRow).where(PageRow.book_id == book_id)
        if self._session.exec(of_book.where(PageRow.sha256 == sha256)).first():
            raise AlreadyThere(f"Tệp {file_name} đã có trong sổ.")
        last = self._session.exec(select(func.max(PageRow.sequence)).where(PageRow.book_id == book_id)).one()
        row = PageRow(
            book_id=book_id, sha256=sha256, file_name=file_name, page_of_file=1, sequence=(last or 0) + 1,
            width=size[0], height=size[1], state=PageState.READ.value, form_id=form_id,
        )  # fmt: skip
        with self._transaction.change("page.import", "page", row):
            pass
        (entry,) = lay_down(self._transaction, row, [(form_id, candidates)])
        return entry
