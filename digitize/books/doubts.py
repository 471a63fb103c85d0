"""Why a person has to look at what was read: what lies over the ink of a value, and how its place was found (pure)."""

from collections.abc import Mapping
from enum import StrEnum


class Doubt(StrEnum):
    """What speaks against a reading before anybody asks what it says."""

    STAMP = "stamp"
    OVERRUN = "overrun"
    STRUCK = "struck"
    PLACE = "place"
    UNUSUAL = "unusual"
    UNTICKED = "unticked"


SAID: Mapping[Doubt, str] = {
    Doubt.STAMP: "Con dấu che lên chữ.",
    Doubt.OVERRUN: "Chữ viết tràn ra ngoài dòng kẻ.",
    Doubt.STRUCK: "Có chữ bị gạch bỏ: giá trị lấy theo chữ còn lại hoặc chữ viết lại.",
    Doubt.PLACE: "Không đọc được nhãn in của mục này: vị trí suy ra từ các nhãn khác.",
    Doubt.UNUSUAL: "Chữ đọc được không giống giá trị mà mục này có thể có.",
    Doubt.UNTICKED: "Không thấy ô nào được đánh dấu.",
}
