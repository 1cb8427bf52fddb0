"""常用筛选: what one person keeps of a list under a name, read again on another day, with what is gone by then left out."""

import pytest

from desktop.model.activity import Service
from desktop.model.errors import Refusal
from desktop.model.keeping import Setting
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.savedfilters import drop_filter, keep_filter, keepable, rename_filter, saved_filters, take_filter_back
from desktop.store.page import Filter, Listing
from tests.builders import a_place, an_organisation, moved, seen_as

WOMEN = Filter("sex", "is", ("2",))


def people(desk: Desk, *filters: Filter, text: str = "", order: str = "") -> Listing:
    return Listing(Person, filters, text, order, community=desk.community)


def test_conditions_words_and_order_come_back_as_they_were_kept(desk: Desk) -> None:
    estate = a_place(desk)
    listing = people(desk, WOMEN, Filter("estate", "is", (estate,)), Filter("roles", "tag", ("志愿者",)), text="陈", order="-name")
    keep_filter(desk, listing, "  女志愿者 ")
    (one,) = saved_filters(desk, Person)
    assert (one.name, one.gone) == ("女志愿者", ())
    assert one.on(listing)
    assert not one.on(people(desk, WOMEN))
    assert saved_filters(desk, Service) == [], "it belongs to the list on which it was kept"


def test_the_same_name_is_kept_once(desk: Desk) -> None:
    key = keep_filter(desk, people(desk, WOMEN), "常看")
    assert keep_filter(desk, people(desk, text="陈"), "常看") == key
    assert [(one.text, one.filters) for one in saved_filters(desk, Person)] == [("陈", ())]


def test_this_quarter_means_the_quarter_in_which_it_is_looked_at(desk: Desk) -> None:
    bounds = ("2021-10-01", "2021-12-31")
    keep_filter(desk, Listing(Service, (Filter("served_on", "between", bounds),)), "本季的")
    assert saved_filters(desk, Service)[0].filters[0].values == bounds
    moved(desk, 60)
    assert saved_filters(desk, Service)[0].filters[0].values == ("2022-01-01", "2022-03-31")


def test_what_is_no_option_any_more_is_left_out_and_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = an_organisation(desk)
    listing = people(desk, WOMEN, Filter("roles", "tag", ("志愿者", "外来干部")), Filter("employer", "is", (unit,)))
    keep_filter(desk, listing, "老口径")
    records.erase(desk, Organisation, unit, reason="重复")
    (one,) = saved_filters(desk, Person)
    assert one.filters == (WOMEN, Filter("roles", "tag", ("志愿者",)))
    assert one.gone == ("人员类别", "所在单位")
    fields = {key: spec for key, spec in Person.fields().items() if key != "sex"}
    monkeypatch.setattr(Person, "fields", classmethod(lambda _record: fields))
    assert "性别" in saved_filters(desk, Person)[0].gone, "a field that is no more is named as it was called"


def test_what_a_figure_counted_cannot_be_kept(desk: Desk) -> None:
    picked = people(desk, Filter("id", "is", ("x",)))
    assert not keepable(picked)
    with pytest.raises(Refusal, match="存不下来"):
        keep_filter(desk, picked, "选出的")
    assert saved_filters(desk, Person) == []


def test_another_name_is_given_and_one_that_is_taken_refused(desk: Desk) -> None:
    one, two = keep_filter(desk, people(desk, WOMEN), "甲"), keep_filter(desk, people(desk, text="陈"), "乙")
    rename_filter(desk, one, "丙")
    assert [each.name for each in saved_filters(desk, Person)] == ["丙", "乙"]
    with pytest.raises(Refusal, match="同名"):
        rename_filter(desk, two, "丙")
    for bad in ("", "　", "长" * 21):
        with pytest.raises(Refusal, match="名称"):
            rename_filter(desk, one, bad)


def test_a_dropped_one_is_gone_and_can_be_taken_back(desk: Desk) -> None:
    key = keep_filter(desk, people(desk, WOMEN), "甲")
    drop_filter(desk, key)
    assert saved_filters(desk, Person) == []
    take_filter_back(desk, key)
    assert [one.name for one in saved_filters(desk, Person)] == ["甲"]


def test_everybody_has_his_own_and_touches_no_others(desk: Desk) -> None:
    key = keep_filter(desk, people(desk, WOMEN), "甲")
    colleague = seen_as(desk, Role.CLERK)
    assert saved_filters(colleague, Person) == []
    for deed in (lambda: drop_filter(colleague, key), lambda: rename_filter(colleague, key, "乙")):
        with pytest.raises(Refusal, match="别人的"):
            deed()
    assert not Setting.travels, "they may hold a name: the district never sees them"
