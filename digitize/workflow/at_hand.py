"""At hand: the book that is being scanned, told by the person or by cover sheets, and the sheets of it seen so far."""

from digitize.access.actor import Actor
from digitize.books.book import Book
from digitize.errors import NotFound, ScanOfAnotherBook
from digitize.export.cover_sheet import code_of
from digitize.scans.marks import Seen
from digitize.store.unit_of_work import UnitOfWork, Workspace


class Sheets:
    """The sheets of a book that were seen so far, each by the words it is told with."""

    def __init__(self) -> None:
        self._seen, self._words = Seen(), list[str]()

    def add(self, marks: bytes, words: str) -> None:
        self._seen.add(len(self._words), marks)
        self._words.append(words)

    def double_of(self, marks: bytes) -> str | None:
        found = self._seen.double_of(marks)
        return None if found is None else self._words[found]


def sheets_of(work: UnitOfWork, book_id: int, but: int | None = None) -> Sheets:
    """All of a book's, without page `but`."""
    sheets, marks = Sheets(), work.problems.marks_of(book_id)
    for page in work.pages.of_book(book_id):
        if page.page_id in marks and page.page_id != but:
            words = f"trang thứ {page.sequence} (tệp {page.file_name}, trang {page.page_of_file} của tệp)"
            sheets.add(marks[page.page_id], words)
    return sheets


class AtHand:
    """Raises BookNotAtHand for every book that was not lent for keying."""

    def __init__(self, workspace: Workspace, actor: Actor, book_id: int | None) -> None:
        self.workspace, self.actor = workspace, actor
        self._is_chosen, self._sheets = book_id is not None, dict[int, Sheets]()
        self._book_id = book_id
        if book_id is not None:
            self._take_up(book_id)

    @property
    def book_id(self) -> int:
        """Raises ScanOfAnotherBook while no cover sheet has named a book."""
        if self._book_id is None:
            raise ScanOfAnotherBook("Chưa gặp tờ bìa có mã QR nên không biết ảnh này thuộc sổ nào.")
        return self._book_id

    @property
    def sheets(self) -> Sheets:
        """Of the book in hand. Raises ScanOfAnotherBook while no cover sheet has named one."""
        return self._sheets[self.book_id]

    def turn_to(self, cover: str) -> None:
        """To the book that a cover sheet names. Raises ScanOfAnotherBook."""
        book = self._book_of(cover)
        if self._is_chosen and book.book_id != self._book_id:
            told = f"sổ số {book.book_id} ({book.kind.book_title.lower()} {book.year}, quyển {book.volume})"
            raise ScanOfAnotherBook(f"Tờ bìa có mã của {told}, không phải của sổ đang nạp.")
        self._take_up(book.book_id)
        self._book_id = book.book_id

    def _book_of(self, cover: str) -> Book:
        number = cover.split(":")[1]
        with self.workspace.view(self.actor) as work:
            try:
                book = work.books.get(int(number))
            except (NotFound, ValueError) as cause:
                raise ScanOfAnotherBook("Tờ bìa có mã của một sổ không có trong phạm vi của tài khoản.") from cause
        if code_of(book) != cover:
            raise ScanOfAnotherBook("Tờ bìa này in từ một kho dữ liệu khác, hoặc thông tin của sổ đã đổi. Hãy in lại.")
        return book

    def _take_up(self, book_id: int) -> None:
        if book_id not in self._sheets:
            with self.workspace.view(self.actor) as work:
                work.custody.demand_lent(book_id)
                self._sheets[book_id] = sheets_of(work, book_id)
