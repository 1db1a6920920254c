"""What is said of work that was cut off when the line dropped."""

WORDS = {
    "resume.title": ("上次断线", "The line dropped"),
    "resume.at": ("断线时间", "When"),
    "resume.place": ("当时在", "You were at"),
    "resume.filter": ("筛选", "Filter"),
    "resume.sort": ("排序", "Order"),
    "resume.marks": ("已标记", "Marks"),
    "resume.drafts": ("没有写完的", "Not finished"),
    "resume.question": ("接着做请按 Enter，不要请按 Esc。", "Enter goes on with it, Esc leaves it."),
    "dialogs.key.take_up": ("接着做", "go on"),
    "dialogs.key.leave_it": ("不要", "leave it"),
}
