"""The page of one brief or several: one file of HTML that fetches nothing, and where no article's text becomes markup."""

from service.web.page import brief_page, content_security_policy, dossier_page, home_page, reference_page

__all__ = ["brief_page", "content_security_policy", "dossier_page", "home_page", "reference_page"]
