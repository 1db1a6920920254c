"""Codes and their Chinese words that several feeds share."""

UNIT_KINDS = {
    "finance": "财政",
    "civil_affairs": "民政",
    "agriculture": "农业农村",
    "social_security": "人社",
    "forestry": "林草",
    "education": "教育",
    "health": "卫健",
    "veterans": "退役军人",
    "disabled": "残联",
    "housing": "住建",
    "water": "水利",
    "emergency": "应急",
    "rural": "乡村振兴",
    "town": "乡镇街道",
    "village": "村社区",
    "bank": "代发银行",
    "discipline": "纪检监察",
    "audit": "审计",
    "regulator": "金融监管",
    "medical_insurance": "医保",
    "organisation": "组织",
    "police": "公安",
    "natural_resources": "自然资源",
    "market": "市场监管",
    "data": "政务数据",
    "other": "其他",
}
STAGES = {
    "declare": "户报",
    "village_review": "村评",
    "town_review": "镇审",
    "notice": "公示",
    "county_approval": "县定",
    "city_supervision": "市管",
    "appropriation": "拨付",
    "disbursement": "代发",
}
GRADES = {
    "upcoming": "临期",
    "yellow": "黄",
    "orange": "橙",
    "red": "红",
}
LIST_KINDS = {
    "death": "死亡",
    "payroll": "财政供养",
    "cadre": "村社干部",
    "prison": "服刑羁押",
    "company": "经营主体登记",
    "property": "不动产",
    "vehicle": "车辆",
    "enrolment": "学籍",
    "disability": "残疾证",
    "insurance": "社保",
    "kin": "干部近亲属",
}
IDENTITIES = {
    "subsistence": "低保",
    "destitute": "特困",
    "disabled": "残疾",
    "orphan": "孤儿",
    "elderly": "高龄",
    "veteran": "退役军人",
    "former_poor": "脱贫户",
    "student": "在校学生",
}
YES_NO = {
    "yes": "是",
    "no": "否",
}
DAY_UNITS = {
    "day": "自然日",
    "workday": "工作日",
}
