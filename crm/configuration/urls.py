"""Addresses of the configuration, below /settings/."""

from django.urls import path

from crm.configuration.names import SPACE
from crm.configuration.views import choices, numbers
from crm.configuration.views.fields import DeleteField, field_entity

app_name = SPACE

urlpatterns = [
    *field_entity.urls("fields/"),
    path("fields/<int:pk>/delete/", DeleteField.as_view(entity=field_entity), name="extrafield_delete"),
    *choices.list_entity.urls("choices/"),
    path("choices/<int:pk>/delete/", choices.DeleteList.as_view(), name="choicelist_delete"),
    path("choices/<int:pk>/order/", choices.OrderView.as_view(), name="choice_order"),
    path("choices/<int:pk>/merge/", choices.MergeView.as_view(), name="choice_merge"),
    path("choices/<int:pk>/items/new/", choices.ItemView.as_view(), name="choiceitem_create"),
    path("choices/<int:pk>/items/<int:item>/", choices.ItemView.as_view(), name="choiceitem_edit"),
    path("choices/<int:pk>/items/<int:item>/delete/", choices.DeleteItem.as_view(), name="choiceitem_delete"),
    path("numbers/", numbers.NumberList.as_view(), name="number_list"),
    path("numbers/<slug:key>/", numbers.NumberEdit.as_view(), name="number_edit"),
]
