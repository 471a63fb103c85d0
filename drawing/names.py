"""Short lists from which fictitious names are put together; nobody in them is a real person."""

from random import Random

SURNAMES = {
    "Kinh": ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đỗ", "Bùi", "Đinh"),
    "Tày": ("Hoàng", "Nông", "Hà", "Lương", "Hứa", "Ma"),
    "Dao": ("Bàn", "Đặng", "Triệu", "Lý", "Phùng", "Chảo"),
    "Mông": ("Giàng", "Vàng", "Sùng", "Mùa", "Lý", "Thào", "Hờ", "Lầu", "Hảng"),
    "Thái": ("Lò", "Hà", "Hoàng", "Lường", "Cầm", "Đồng", "Vì"),
    "Nùng": ("Nông", "Hoàng", "Vi", "Lục", "Lương"),
}
MIDDLES = {
    "Nam": {"Mông": ("A",), "Dao": ("Văn", "Tòn", "Phúc", "Kim"), "": ("Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân")},
    "Nữ": {"Mông": ("Thị",), "Dao": ("Thị", "Mùi"), "": ("Thị", "Thị", "Thị Thu", "Ngọc", "Thị Minh")},
}
GIVEN = {
    "Nam": {
        "Mông": ("Sử", "Páo", "Dờ", "Chu", "Lử", "Tủa", "Chinh", "Nủ", "Sáng", "Dình", "Vảng", "Khày"),
        "Dao": ("Sơn", "Vượng", "Quý", "Thanh", "Phú", "Lâm", "Chiêu", "Hòa", "Tài", "Liều"),
        "": ("Bình", "Dũng", "Hùng", "Hải", "Khánh", "Long", "Nghĩa", "Phong", "Quyết", "Tuấn", "Thắng", "Việt", "Bảo"),
    },
    "Nữ": {
        "Mông": ("Mỷ", "Dở", "Sông", "Pàng", "Máy", "Chứ", "Giống", "Sai", "Dua", "Cở", "Xua", "Lỳ"),
        "Dao": ("Mẩy", "Pham", "Liên", "Thủy", "Nhất", "Hương", "Chuyên", "Lan", "Xuân"),
        "": (
            "Hoa",
            "Hạnh",
            "Hằng",
            "Huệ",
            "Lan",
            "Linh",
            "Mai",
            "Ngân",
            "Nhung",
            "Quỳnh",
            "Thảo",
            "Thúy",
            "Yến",
            "Ánh",
        ),
    },
}
GROUPS = tuple(SURNAMES)


def invent_name(rng: Random, gender: str, ethnicity: str, surname: str = "") -> str:
    """A full name that fits the ethnic group, for "Nam" or "Nữ"; a child is given its father's surname."""
    middles, given = MIDDLES[gender], GIVEN[gender]
    parts = (
        surname or rng.choice(SURNAMES[ethnicity]),
        rng.choice(middles.get(ethnicity, middles[""])),
        rng.choice(given.get(ethnicity, given[""])),
    )
    return " ".join(parts)
